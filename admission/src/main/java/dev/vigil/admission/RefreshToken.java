// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import java.time.Instant;

/// A refresh token as the store knows it: by digest. It belongs to the session's device key.
///
/// @param spent whether it was rotated away; presenting a spent one ends the session (reuse
///   detection, RFC 9700 section 4.14)
public record RefreshToken(Sha256 digest, SessionId session, Instant expiresAt, boolean spent) {}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;

/// A verified access token: a handle to a session, never a source of authentication facts.
///
/// @param certificate the thumbprint it is bound to (RFC 8705 `cnf.x5t#S256`)
/// @param sequence the committed sequence of its session; a node that has not reached it must not
///   judge it
public record AccessToken(
    SessionId session, SubjectId subject, Sha256 certificate, Instant expiresAt, long sequence) {}

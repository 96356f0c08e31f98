// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;

/// A verified assertion.
///
/// @param passkey with its new counter, backup state and last use, to be stored
public record Asserted(Passkey passkey, Authentication authentication) {}

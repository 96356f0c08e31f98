// SPDX-License-Identifier: Apache-2.0
/// The two WebAuthn ceremonies (Level 3, sections 7.1 and 7.2), verified by webauthn4j. Attestation
/// statements of the formats `none` and `packed` are read; no vendor is trusted for them yet.
///
/// Start with [Ceremonies].
@NullMarked
package dev.vigil.identity.passkey;

import org.jspecify.annotations.NullMarked;

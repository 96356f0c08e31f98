// SPDX-License-Identifier: Apache-2.0
/// The signing keys: an encrypted file, one key per purpose, and what is signed with them:
/// certificates (through the port of `pki`), access tokens, identity assertions.
///
/// Start with [KeyRing]; [TokenIssuer], [GatewayTokens], [KeyBoundTokens] and [SignedAssertions]
/// stand behind ports.
@NullMarked
package dev.vigil.keys;

import org.jspecify.annotations.NullMarked;

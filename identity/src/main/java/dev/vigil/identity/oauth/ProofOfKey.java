// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Optional;

/// A verified DPoP proof (RFC 9449): whoever sent the request holds this key.
///
/// @param key RFC 7638 thumbprint of the public key
/// @param publicJwk the public key as a JWK, in JSON
/// @param nonce the server's nonce in the proof (section 8), not yet judged
public record ProofOfKey(Sha256 key, String publicJwk, Instant issuedAt, Optional<String> nonce) {}

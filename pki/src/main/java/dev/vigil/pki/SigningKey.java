// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.security.interfaces.ECPublicKey;

/// A key on P-256 that is held elsewhere and signs for one purpose. A port.
public interface SigningKey {

  /// Its public half.
  ECPublicKey publicKey();

  /// ECDSA with SHA-256 over the content, in DER (RFC 3279 section 2.2.3).
  ///
  /// @throws KeyUnavailable if the key cannot be reached now
  byte[] sign(byte[] content);
}

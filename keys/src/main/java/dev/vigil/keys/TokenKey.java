// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.pki.KeyThumbprint;
import dev.vigil.pki.KeyUnavailable;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/// A private key that lives in a PKCS#11 token; its certificate is here.
///
/// @param token empty if none is configured: then it cannot sign
record TokenKey(X509Certificate certificate, Optional<Token> token) implements Held {

  /// The name of a key in the token: what it is for, and which it is.
  static String label(KeyPurpose purpose, ECPublicKey key) {
    return "vigil-" + purpose.label() + "-" + mark(key);
  }

  private static String mark(ECPublicKey key) {
    return KeyThumbprint.of(key).toString().substring(0, 16);
  }

  /// What the name of this key in the token ends with.
  String mark() {
    return mark(publicKey());
  }

  @Override
  public ECPublicKey publicKey() {
    return HeldKey.publicKeyOf(certificate);
  }

  /// @throws KeyUnavailable if the token does not sign now
  @Override
  public byte[] sign(byte[] content) {
    return token
        .orElseThrow(
            () -> new KeyUnavailable("the key is in a PKCS#11 token, and none is configured"))
        .ask(open -> open.sign(this, content));
  }

  @Override
  public String toString() {
    return "TokenKey(" + certificate.getSubjectX500Principal() + ")";
  }
}

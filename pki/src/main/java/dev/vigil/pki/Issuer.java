// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate authority: its certificate and the key behind it.
public record Issuer(X509Certificate certificate, SigningKey key) {

  /// @throws IllegalArgumentException if the certificate is of another key
  public Issuer {
    if (!certificate.getPublicKey().equals(key.publicKey()))
      throw new IllegalArgumentException("the certificate is of another key");
  }

  boolean validAt(Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant()) && now.isBefore(notAfter());
  }

  Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }
}

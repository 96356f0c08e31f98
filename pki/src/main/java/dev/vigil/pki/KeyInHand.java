// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/// Lets a builder sign with a key it never sees.
final class KeyInHand implements ContentSigner {

  private final SigningKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  KeyInHand(SigningKey key) {
    this.key = key;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    return key.sign(content.toByteArray());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.pki.scep.RegistrationKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.crypto.Cipher;

/// Signs answers to SCEP messages, and unwraps what was encrypted for them, with a key of its own.
public final class ScepKey implements RegistrationKey {

  private final KeyRing keys;
  private final Entropy entropy;

  public ScepKey(KeyRing keys, Entropy entropy) {
    this.keys = keys;
    this.entropy = entropy;
  }

  @Override
  public X509Certificate certificate() {
    return keys.scep().certificate();
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.scep().privateKey());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours cannot sign", e);
    }
  }

  @Override
  public Bytes unwrap(Bytes wrapped, int length) {
    var random = Bytes.of(entropy.bytes(length));
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, keys.scep().privateKey());
      var opened = Bytes.of(cipher.doFinal(wrapped.toArray()));
      return opened.size() == length ? opened : random;
    } catch (GeneralSecurityException e) {
      return random;
    }
  }
}

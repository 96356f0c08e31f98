// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.pki.Hierarchy;
import dev.vigil.pki.Issuer;
import dev.vigil.pki.Validity;
import dev.vigil.pki.scep.RegistrationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Cipher;

/// SCEP's registration authority in memory.
public final class TestRegistration implements RegistrationKey {

  private final KeyPair pair;
  private final X509Certificate certificate;
  private final Entropy entropy;

  /// @param devices the intermediate that certifies it
  public TestRegistration(Issuer devices, Instant now, Entropy entropy) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.pair = generator.generateKeyPair();
      this.entropy = entropy;
      this.certificate =
          new Hierarchy(entropy)
              .registration(devices, pair.getPublic(), Validity.from(now, Duration.ofDays(365)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform makes RSA keys", e);
    }
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key in memory signs", e);
    }
  }

  @Override
  public Bytes unwrap(Bytes wrapped, int length) {
    var random = Bytes.of(entropy.bytes(length));
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
      var opened = Bytes.of(cipher.doFinal(wrapped.toArray()));
      return opened.size() == length ? opened : random;
    } catch (GeneralSecurityException e) {
      return random;
    }
  }
}

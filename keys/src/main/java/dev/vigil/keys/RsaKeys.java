// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Entropy;
import dev.vigil.pki.Validity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes RSA keys for those who take nothing else, with certificates that only carry the key.
final class RsaKeys {

  private static final int BITS = 3072;

  private RsaKeys() {}

  /// A fresh key from the platform's own generator, never from a seed.
  static HeldKey generate(String name, Validity validity, Entropy entropy) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      var pair = generator.generateKeyPair();
      var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(1, entropy.bytes(16)),
              Date.from(validity.notBefore()),
              Date.from(validity.notAfter()),
              subject,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
      var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new HeldKey(pair.getPrivate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every Java platform makes RSA keys", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Entropy;
import dev.vigil.pki.Validity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.function.Function;
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
  private static KeyPair generate() throws NoSuchAlgorithmException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    return generator.generateKeyPair();
  }

  /// A fresh key with the certificate made for it.
  static HeldKey generate(Function<PublicKey, X509Certificate> certifying) {
    try {
      var pair = generate();
      return new HeldKey(pair.getPrivate(), certifying.apply(pair.getPublic()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform makes RSA keys", e);
    }
  }

  /// A fresh key that certifies itself.
  static HeldKey generate(String name, Validity validity, Entropy entropy) {
    try {
      var pair = generate();
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

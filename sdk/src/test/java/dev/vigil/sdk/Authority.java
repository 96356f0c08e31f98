// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for tests.
final class Authority {

  private final KeyPair keys;
  private final X500Name name;
  private final X509Certificate root;

  Authority(String name, Instant now) {
    this.keys = keyPair();
    this.name = new X500Name("CN=" + name);
    this.root =
        issue(
            this.name,
            keys.getPublic(),
            now.minus(Duration.ofDays(400)),
            now.plus(Duration.ofDays(4000)),
            true);
  }

  X509Certificate root() {
    return root;
  }

  X509Certificate device(PublicKey key, Instant from, Duration life) {
    return issue(new X500Name("CN=dev_1"), key, from, from.plus(life), false);
  }

  private X509Certificate issue(
      X500Name subject, PublicKey key, Instant from, Instant to, boolean authority) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(from.toEpochMilli()),
                  Date.from(from),
                  Date.from(to),
                  subject,
                  key)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

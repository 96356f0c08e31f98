// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for tests.
final class TestAuthority {

  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofDays(20_000);

  private final SoftwareKeys keys = new SoftwareKeys();
  private final String name;
  private final X509Certificate root;
  private long serial;

  TestAuthority(String name) {
    this.name = name;
    try {
      root = issue(name, keys.generate(), true);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  X509Certificate root() {
    return root;
  }

  X509Certificate issue(String subject, PublicKey key) {
    return issue(subject, key, false);
  }

  /// A server's key and certificate for this host name.
  PemKeyCertOptions server(String host) throws GeneralSecurityException {
    var own = new SoftwareKeys();
    var certificate = issue(host, own.generate());
    var key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(own.handle().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return new PemKeyCertOptions()
        .addKeyValue(Buffer.buffer(key))
        .addCertValue(Buffer.buffer(pem(certificate)));
  }

  static String pem(X509Certificate certificate) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private X509Certificate issue(String subject, PublicKey key, boolean authority) {
    try {
      var issuer = new X500Name("CN=" + name);
      var builder =
          new JcaX509v3CertificateBuilder(
                  issuer,
                  BigInteger.valueOf(++serial),
                  Date.from(FROM),
                  Date.from(FROM.plus(LIFE)),
                  new X500Name("CN=" + subject),
                  key)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, subject.replace('_', '-'))));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.handle());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}

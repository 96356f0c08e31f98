// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for tests. Its statements carry the challenge where Android's carry a
/// whole description of the key.
final class TestAuthority {

  static final ASN1ObjectIdentifier STATEMENT =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.1.17");

  /// Where keys outside of the key store come from.
  static final Provider MAKER = new BouncyCastleProvider();

  private final Instant now = Instant.now();
  private final KeyPair keys = keyPair();
  private final X500Name name;
  private final X509Certificate root;

  TestAuthority(String name) {
    this.name = new X500Name("CN=" + name);
    this.root = issue(this.name, keys.getPublic(), new BasicConstraints(true), new byte[0]);
  }

  X509Certificate root() {
    return root;
  }

  X509Certificate device(PublicKey key) {
    return issue(new X500Name("CN=dev_1"), key, new BasicConstraints(false), new byte[0]);
  }

  X509Certificate statement(PublicKey key, byte[] challenge) {
    return issue(new X500Name("CN=statement"), key, new BasicConstraints(false), challenge);
  }

  private X509Certificate issue(
      X500Name subject, PublicKey key, BasicConstraints constraints, byte[] challenge) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(now.toEpochMilli()),
                  Date.from(now.minus(Duration.ofDays(1))),
                  Date.from(now.plus(Duration.ofDays(30))),
                  subject,
                  key)
              .addExtension(Extension.basicConstraints, true, constraints);
      if (challenge.length > 0) {
        builder.addExtension(STATEMENT, false, new DEROctetString(challenge));
      }
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA")
              .setProvider(MAKER)
              .build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC", MAKER);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

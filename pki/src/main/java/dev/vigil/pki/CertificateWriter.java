// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Entropy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// Puts one certificate together (RFC 5280) and has it signed.
final class CertificateWriter {

  private static final int SERIAL_BYTES = 16;

  private final X509v3CertificateBuilder builder;
  private final SigningKey signer;

  private CertificateWriter(X500Name issuer, SigningKey signer, Subject subject) {
    this.signer = signer;
    this.builder =
        new X509v3CertificateBuilder(
            issuer,
            subject.serial,
            Date.from(subject.validity.notBefore()),
            Date.from(subject.validity.notAfter()),
            subject.name,
            SubjectPublicKeyInfo.getInstance(subject.key.getEncoded()));
    with(
        Extension.subjectKeyIdentifier, false, utilities().createSubjectKeyIdentifier(subject.key));
  }

  /// Whom the certificate is about.
  record Subject(X500Name name, PublicKey key, Validity validity, BigInteger serial) {

    /// With a random serial of 128 bits.
    static Subject of(X500Name name, PublicKey key, Validity validity, Entropy entropy) {
      return new Subject(name, key, validity, new BigInteger(1, entropy.bytes(SERIAL_BYTES)));
    }
  }

  static CertificateWriter selfSigned(SigningKey key, Subject subject) {
    return new CertificateWriter(subject.name, key, subject);
  }

  static CertificateWriter issuedBy(Issuer issuer, Subject subject) {
    var name = X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    return new CertificateWriter(name, issuer.key(), subject)
        .with(
            Extension.authorityKeyIdentifier,
            false,
            utilities().createAuthorityKeyIdentifier(issuer.key().publicKey()));
  }

  CertificateWriter with(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(extension, critical, value);
      return this;
    } catch (IOException e) {
      throw new IllegalStateException("an extension of our own cannot be encoded", e);
    }
  }

  X509Certificate sign() {
    try {
      var der = builder.build(new KeyInHand(signer)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }

  static JcaX509ExtensionUtils utilities() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1 for key identifiers", e);
    }
  }
}

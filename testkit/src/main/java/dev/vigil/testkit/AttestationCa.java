// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority that vouches for devices in tests, in a vendor's place: certificates with whatever
/// extensions a vendor would write.
public final class AttestationCa {

  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  private final SoftwareKey key;
  private final X509Certificate certificate;

  /// A leaf to be. No extension but basic constraints (no authority) unless it is given here.
  ///
  /// @param extensions content by dotted OID, none critical
  public record Template(
      X500Principal subject, Instant from, Instant to, Map<String, Bytes> extensions) {

    public Template {
      extensions = Map.copyOf(extensions);
    }

    /// Good for a year.
    public static Template of(String subject, Instant from) {
      var to = from.plus(Duration.ofDays(365));
      return new Template(new X500Principal(subject), from, to, Map.of());
    }

    /// The same with this extension too.
    public Template with(String oid, Bytes content) {
      var more = new LinkedHashMap<>(extensions);
      more.put(oid, content);
      return new Template(subject, from, to, more);
    }
  }

  private AttestationCa(SoftwareKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /// One that signs itself, good from 1970 to 2100.
  public static AttestationCa root(String name) {
    var key = SoftwareKey.generate();
    var subject = new X500Principal("CN=" + name);
    return new AttestationCa(key, authority(subject, key, subject, key.publicKey()));
  }

  /// Whoever holds this key and calls itself by this subject, authority or not.
  static AttestationCa pretending(SoftwareKey key, String subject) {
    var name = new X500Principal(subject);
    return new AttestationCa(key, authority(name, key, name, key.publicKey()));
  }

  /// One below this.
  public AttestationCa intermediate(String name) {
    var below = SoftwareKey.generate();
    var subject = new X500Principal("CN=" + name);
    var issuer = certificate.getSubjectX500Principal();
    return new AttestationCa(below, authority(issuer, key, subject, below.publicKey()));
  }

  /// Its own certificate.
  public X509Certificate certificate() {
    return certificate;
  }

  /// A certificate for this key.
  public X509Certificate issue(PublicKey subjectKey, Template template) {
    var issuer = certificate.getSubjectX500Principal();
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(SERIALS.getAndIncrement()),
            Date.from(template.from()),
            Date.from(template.to()),
            template.subject(),
            subjectKey);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      for (var one : template.extensions().entrySet())
        builder.addExtension(
            new ASN1ObjectIdentifier(one.getKey()), false, one.getValue().toArray());
    } catch (CertIOException e) {
      throw new IllegalStateException("the extension can be written", e);
    }
    return signed(builder, key);
  }

  private static X509Certificate authority(
      X500Principal issuer, SoftwareKey issuerKey, X500Principal subject, PublicKey subjectKey) {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(SERIALS.getAndIncrement()),
            Date.from(Instant.EPOCH),
            Date.from(END),
            subject,
            subjectKey);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (CertIOException e) {
      throw new IllegalStateException("the extension can be written", e);
    }
    return signed(builder, issuerKey);
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, SoftwareKey issuer) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.privateKey());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs with ECDSA", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for tests: one authority certificate, and leaves for servers on this
/// machine and for devices.
public final class TestCa {

  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final KeyPair keys;
  private final X509Certificate certificate;

  /// A key with its certificate.
  public record Leaf(PrivateKey key, X509Certificate certificate) {}

  private TestCa(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /// A new authority that signs itself, good from 1970 to 2100.
  public static TestCa create(String name) {
    var keys = newKeys();
    var subject = new X500Principal("CN=" + name);
    var builder =
        builder(subject, subject, keys, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    extend(builder, Extension.basicConstraints, new BasicConstraints(true));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new TestCa(keys, sign(builder, keys));
  }

  /// The authority's own certificate.
  public X509Certificate certificate() {
    return certificate;
  }

  /// A device's key and certificate.
  public Leaf device(String name, Instant notBefore, Instant notAfter) {
    return device(name, newKeys(), notBefore, notAfter);
  }

  /// The same with a key of the caller's.
  public Leaf device(String name, KeyPair leafKeys, Instant notBefore, Instant notAfter) {
    var builder =
        builder(
            certificate.getSubjectX500Principal(),
            new X500Principal("CN=" + name),
            leafKeys,
            notBefore,
            notAfter);
    extend(builder, Extension.basicConstraints, new BasicConstraints(false));
    extend(
        builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    return new Leaf(leafKeys.getPrivate(), sign(builder, keys));
  }

  /// A server's key and certificate for these host names and for the loopback addresses.
  public Leaf server(List<String> hosts) {
    var leafKeys = newKeys();
    var builder =
        builder(
            certificate.getSubjectX500Principal(),
            new X500Principal("CN=server"),
            leafKeys,
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"));
    var names = new java.util.ArrayList<GeneralName>();
    hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    extend(
        builder,
        Extension.subjectAlternativeName,
        new GeneralNames(names.toArray(GeneralName[]::new)));
    extend(
        builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return new Leaf(leafKeys.getPrivate(), sign(builder, keys));
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Instant from, Instant to) {
    var serial = BigInteger.valueOf(SERIALS.getAndIncrement());
    return new JcaX509v3CertificateBuilder(
        issuer, serial, Date.from(from), Date.from(to), subject, keys.getPublic());
  }

  private static void extend(
      JcaX509v3CertificateBuilder builder,
      org.bouncycastle.asn1.ASN1ObjectIdentifier oid,
      org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      builder.addExtension(oid, true, value);
    } catch (CertIOException e) {
      throw new IllegalStateException("the extension can be written", e);
    }
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform signs with ECDSA", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }
}

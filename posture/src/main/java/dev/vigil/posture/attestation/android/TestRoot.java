// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A root for development: it certifies phones that [TestPhone] makes up, in chains of the form
/// that real phones have. Nobody believes it unless a configuration names it as a test root, and
/// then every signal says so.
public final class TestRoot {

  private static final Duration LIFE = Duration.ofDays(3650);
  private static final X500Name ROOT = new X500Name("CN=Test root for attestation");

  /// A certificate with the key that signs with it.
  record Signer(X509Certificate certificate, PrivateKey key) {

    X500Name name() {
      return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }
  }

  /// What a certificate says.
  ///
  /// @param description of the key, for leaves
  record About(
      X500Name name, PublicKey key, Instant from, Instant to, Optional<ASN1Encodable> description) {

    static About signer(X500Name name, PublicKey key, Instant from) {
      return new About(name, key, from, from.plus(LIFE), Optional.empty());
    }
  }

  private final Signer root;
  private final Map<KeyLevel, List<Signer>> above = new EnumMap<>(KeyLevel.class);

  private TestRoot(Signer root) {
    this.root = root;
  }

  /// A root with this key, of P-256. The attestation keys under it are new each time.
  ///
  /// @param keys new key pairs of P-256
  /// @param from when its certificates begin; they end ten years later
  public static TestRoot of(KeyPair key, Supplier<KeyPair> keys, Instant from) {
    var about = About.signer(ROOT, key.getPublic(), from);
    var made = new TestRoot(new Signer(sign(about, ROOT, key.getPrivate()), key.getPrivate()));
    for (var level : KeyLevel.values()) {
      var intermediate = made.below(made.root, level, keys.get(), from);
      made.above.put(
          level, List.of(made.below(intermediate, level, keys.get(), from), intermediate));
    }
    return made;
  }

  private Signer below(Signer issuer, KeyLevel level, KeyPair key, Instant from) {
    var title = level == KeyLevel.STRONGBOX ? "StrongBox" : "TEE";
    var name = new X500Name("SERIALNUMBER=" + serial(key.getPublic()).toString(16) + ",T=" + title);
    var about = About.signer(name, key.getPublic(), from);
    return new Signer(sign(about, issuer.name(), issuer.key), key.getPrivate());
  }

  /// What a configuration names as a test root.
  public X509Certificate certificate() {
    return root.certificate;
  }

  /// The attestation key of this level, then the intermediate above it.
  List<Signer> signers(KeyLevel level) {
    return above.getOrDefault(level, List.of());
  }

  /// The whole chain under a certificate of an attestation key's.
  List<Bytes> chain(KeyLevel level, About leaf) {
    var signers = signers(level);
    return List.of(
        der(sign(leaf, signers.getFirst().name(), signers.getFirst().key)),
        der(signers.getFirst().certificate),
        der(signers.getLast().certificate),
        der(root.certificate));
  }

  static Bytes der(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }

  static X509Certificate sign(About about, X500Name issuer, PrivateKey key) {
    boolean leaf = about.description.isPresent();
    var builder =
        new X509v3CertificateBuilder(
            issuer,
            leaf ? BigInteger.ONE : serial(about.key),
            Date.from(about.from),
            Date.from(about.to),
            about.name,
            SubjectPublicKeyInfo.getInstance(about.key.getEncoded()));
    try {
      int usage = leaf ? KeyUsage.digitalSignature : KeyUsage.keyCertSign;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      if (!leaf) builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      if (leaf)
        builder.addExtension(
            new ASN1ObjectIdentifier(KeyDescription.EXTENSION), false, about.description.get());
      var signed =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(signed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate of our own cannot be made", e);
    }
  }

  private static BigInteger serial(PublicKey key) {
    return new BigInteger(1, Arrays.copyOf(Sha256.of(key.getEncoded()).bytes(), 16));
  }
}

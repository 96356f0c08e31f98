// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.CertificateWriter.Subject;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// An intermediate at work: it checks a request against a profile, and checking returns the only
/// object that can sign, once.
public final class Authority {

  private final Branch branch;
  private final Issuer issuer;
  private final Optional<StatusPoints> points;

  /// One whose certificates do not say where their status is told.
  public Authority(Branch branch, Issuer issuer) {
    this(branch, issuer, Optional.empty());
  }

  private Authority(Branch branch, Issuer issuer, Optional<StatusPoints> points) {
    this.branch = branch;
    this.issuer = issuer;
    this.points = points;
  }

  /// The same intermediate, whose certificates say where their status is told.
  public Authority telling(StatusPoints where) {
    return new Authority(branch, issuer, Optional.of(where));
  }

  Issuer issuer() {
    return issuer;
  }

  public Branch branch() {
    return branch;
  }

  /// The intermediate's own certificate.
  public X509Certificate certificate() {
    return issuer.certificate();
  }

  /// The certificates that a client presents after its own: this intermediate's. The root is known
  /// to who verifies.
  public List<Bytes> chain() {
    return List.of(encoded(issuer.certificate()));
  }

  /// Checks that this certificate may be issued. Everything in it comes from the profile; only the
  /// key comes from the request. Refusals are [PkiRefusal]s.
  public Outcome<SigningRight> check(
      ClientProfile profile, CertificateRequest request, Instant now) {
    var lifetime = profile.lifetime();
    if (lifetime.compareTo(ClientProfile.SHORTEST) < 0
        || lifetime.compareTo(ClientProfile.LONGEST) > 0) {
      return Outcome.refused(PkiRefusal.LIFETIME_NOT_ALLOWED);
    }
    if (!issuer.validAt(now)) return Outcome.refused(PkiRefusal.AUTHORITY_EXPIRED);
    return Outcome.done(
        new SigningRight(
            profile, request, Validity.from(now, lifetime).endingBy(issuer.notAfter())));
  }

  /// The right to sign exactly one certificate, once.
  public final class SigningRight {
    private final ClientProfile profile;
    private final CertificateRequest request;
    private final Validity validity;
    private final AtomicBoolean used = new AtomicBoolean();

    private SigningRight(ClientProfile profile, CertificateRequest request, Validity validity) {
      this.profile = profile;
      this.request = request;
      this.validity = validity;
    }

    /// Signs.
    ///
    /// @throws IllegalStateException if it was used before
    public IssuedCertificate sign(Entropy entropy) {
      if (!used.compareAndSet(false, true))
        throw new IllegalStateException("a right to sign is good once");
      var name = Hierarchy.unit(branch).addRDN(BCStyle.CN, profile.device().value()).build();
      var subject = Subject.of(name, request.key(), validity, entropy);
      var writer =
          CertificateWriter.issuedBy(issuer, subject)
              .with(Extension.basicConstraints, true, new BasicConstraints(false))
              .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .with(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
              .with(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      new GeneralName(GeneralName.uniformResourceIdentifier, profile.uri())));
      points.ifPresent(where -> where.writeInto(writer));
      var der = encoded(writer.sign());
      var serial =
          HexFormat.of().toHexDigits(subject.serial().shiftRight(64).longValue())
              + HexFormat.of().toHexDigits(subject.serial().longValue());
      return new IssuedCertificate(
          Sha256.of(der.toArray()),
          serial,
          profile.device(),
          validity.notBefore(),
          validity.notAfter(),
          der);
    }
  }

  private static Bytes encoded(X509Certificate certificate) {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import dev.vigil.kernel.Outcome;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1OctetString;

/// The certificates of a statement (`x5c`), the attested key's or the attestation key's first.
record Chain(List<X509Certificate> certificates) {

  /// No vendor sends more than three certificates; one may add the root.
  static final int LONGEST = 5;

  Chain {
    certificates = List.copyOf(certificates);
  }

  /// Certificates from their DER; each must be nothing but a certificate.
  static Outcome<Chain> read(List<byte[]> encoded) {
    if (encoded.isEmpty()) return Outcome.refused(AttestationRefusal.MALFORMED);
    if (encoded.size() > LONGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    var read = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (byte[] one : encoded) {
        var input = new ByteArrayInputStream(one);
        read.add((X509Certificate) factory.generateCertificate(input));
        if (input.available() > 0) return Outcome.refused(AttestationRefusal.MALFORMED);
      }
    } catch (CertificateException e) {
      return Outcome.refused(AttestationRefusal.MALFORMED);
    }
    return Outcome.done(new Chain(read));
  }

  X509Certificate leaf() {
    return certificates.getFirst();
  }

  /// Checks signatures, names, validity and what each may sign (RFC 5280, section 6), in the order
  /// as sent, and says whose root it ends at. A root in the chain itself is only another way of
  /// naming the one that is configured. Revocation is for whoever knows the vendor's list.
  Outcome<TrustRoot> endsAt(Anchors anchors, Instant now) {
    var below =
        certificates.stream()
            .takeWhile(one -> anchors.rootOf(one.getPublicKey()).isEmpty())
            .toList();
    if (below.isEmpty()) return Outcome.refused(AttestationRefusal.CHAIN_BROKEN);
    if (below.size() < certificates.size() - 1)
      return Outcome.refused(AttestationRefusal.CHAIN_BROKEN);
    if (anchors.all().isEmpty()) return Outcome.refused(AttestationRefusal.ROOT_UNKNOWN);
    try {
      return anchors
          .rootOf(anchorOf(below, anchors.all(), now).getPublicKey())
          .map(Outcome::done)
          .orElseGet(() -> Outcome.refused(AttestationRefusal.ROOT_UNKNOWN));
    } catch (CertPathValidatorException e) {
      return Outcome.refused(refusal(e.getReason()));
    } catch (GeneralSecurityException e) {
      return Outcome.refused(AttestationRefusal.CHAIN_BROKEN);
    }
  }

  private static X509Certificate anchorOf(
      List<X509Certificate> chain, List<X509Certificate> roots, Instant now)
      throws GeneralSecurityException {
    var anchors =
        roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    var parameters = new PKIXParameters(anchors);
    parameters.setDate(Date.from(now));
    parameters.setRevocationEnabled(false);
    parameters.setPolicyQualifiersRejected(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
    var result =
        (PKIXCertPathValidatorResult)
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
    return result.getTrustAnchor().getTrustedCert();
  }

  private static AttestationRefusal refusal(CertPathValidatorException.Reason reason) {
    if (reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID)
      return AttestationRefusal.NOT_VALID_NOW;
    return reason == PKIXReason.NO_TRUST_ANCHOR
        ? AttestationRefusal.ROOT_UNKNOWN
        : AttestationRefusal.CHAIN_BROKEN;
  }

  /// The content of one of the leaf's extensions; empty if it has none of this kind.
  Optional<byte[]> extension(String oid) {
    return Optional.ofNullable(leaf().getExtensionValue(oid))
        .map(encoded -> ASN1OctetString.getInstance(encoded).getOctets());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Certificate chains as of a time, by the platform's PKIX validator (RFC 5280, section 6).
/// Revocation lists are not fetched.
final class Chains {

  private Chains() {}

  /// Whether the chain, leaf first, ends in one of the roots. The leaf itself may be named as a
  /// root (FIDO Metadata Statement 3, `attestationRootCertificates`).
  static boolean leadsTo(List<X509Certificate> chain, List<X509Certificate> roots, Instant at) {
    if (chain.isEmpty() || roots.isEmpty()) return false;
    try {
      if (roots.contains(chain.getFirst())) {
        chain.getFirst().checkValidity(Date.from(at));
        return true;
      }
      var without = chain.stream().takeWhile(certificate -> !roots.contains(certificate)).toList();
      validate(without, roots, at);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void validate(List<X509Certificate> chain, List<X509Certificate> roots, Instant at)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        roots.stream()
            .map(root -> new TrustAnchor(root, null))
            .collect(Collectors.toUnmodifiableSet());
    var parameters = new PKIXParameters(anchors);
    parameters.setDate(Date.from(at));
    parameters.setRevocationEnabled(false);
    parameters.setPolicyQualifiersRejected(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
  }
}

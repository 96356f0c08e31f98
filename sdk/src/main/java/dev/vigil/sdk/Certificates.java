// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;

/// Reading certificates and judging a chain we were given.
final class Certificates {

  private Certificates() {}

  /// Every certificate in a PEM text.
  static List<X509Certificate> fromPem(String pem) {
    try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException | java.io.IOException e) {
      throw new IllegalArgumentException("the trust anchors are not certificates in PEM", e);
    }
  }

  /// One certificate in base64url of its DER.
  static X509Certificate fromBase64(String text) throws CertificateException {
    try {
      var der = Base64.getUrlDecoder().decode(text);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IllegalArgumentException e) {
      throw new CertificateException("not base64url", e);
    }
  }

  static String toBase64(X509Certificate certificate) {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether this chain ends at one of these anchors now (RFC 5280 section 6; revocation is the
  /// gateway's to know).
  static boolean leadsTo(List<X509Certificate> chain, List<X509Certificate> anchors, Instant now) {
    try {
      var trusted =
          anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
      var parameters = new PKIXParameters(trusted);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      var path = chain.stream().filter(certificate -> !anchors.contains(certificate)).toList();
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// When two thirds of a certificate's life have passed.
  static Instant renewalDue(X509Certificate certificate) {
    var from = certificate.getNotBefore().toInstant();
    var life = Duration.between(from, certificate.getNotAfter().toInstant());
    return from.plus(life.multipliedBy(2).dividedBy(3));
  }
}

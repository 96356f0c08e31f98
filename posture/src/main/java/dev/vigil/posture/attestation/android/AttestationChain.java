// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.Anchors;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.TrustRoot;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// A chain of certificates that leads from the attested key to a root that is trusted, leaf first:
/// the attested key's, the attestation key's, one or two intermediates and the root. Remotely
/// provisioned chains have five, others four.
///
/// RFC 5280, section 6, holds with three differences, because phones in the field differ:
/// - The root is known by its key, so its own dates do not count (section 6.1.1 (d)).
/// - The certificate right above the leaf need not be a CA's: early ones are not. That a phone's
///   own key stands there is refused by the rule of the one description, [#described].
/// - The issuer's name in the leaf is not compared: some security chips write another. Whose key
///   signed it is what counts.
///
/// Every certificate below the root must be valid now, also those that left the factory with the
/// phone and cannot be renewed.
record AttestationChain(List<X509Certificate> certificates, TrustRoot root) {

  private static final int FEWEST = 3;
  private static final int MOST = 6;
  private static final int LARGEST = 16 * 1024;
  private static final int KEY_CERT_SIGN = 5;

  /// SHA-2 with RSA, ECDSA; whoever signs with anything else is not a phone of the last ten years.
  private static final Set<String> ALGORITHMS =
      Set.of(
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13",
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4");

  AttestationChain {
    certificates = List.copyOf(certificates);
  }

  X509Certificate leaf() {
    return certificates.getFirst();
  }

  /// The chain, if it leads to a root and every certificate may stand where it stands.
  static Outcome<AttestationChain> of(List<Bytes> chain, Anchors anchors, Instant now) {
    if (chain.size() > MOST || chain.stream().anyMatch(one -> one.size() > LARGEST))
      return Outcome.refused(AttestationRefusal.TOO_LARGE);
    if (chain.size() < FEWEST || new HashSet<>(chain).size() < chain.size())
      return broken("it has fewer than three certificates, or one twice");
    return read(chain)
        .then(certificates -> rooted(certificates, anchors))
        .then(AttestationChain::signed)
        .then(found -> found.validAt(now))
        .then(AttestationChain::described);
  }

  private static Outcome<List<X509Certificate>> read(List<Bytes> chain) {
    var certificates = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (Bytes one : chain) {
        byte[] der = one.toArray();
        var read = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        if (!Arrays.equals(der, read.getEncoded()))
          return Outcome.refused(AttestationRefusal.MALFORMED, "a certificate is not plain DER");
        read.getPublicKey();
        certificates.add(read);
      }
    } catch (CertificateException | RuntimeException e) { // hostile input, however it breaks
      return Outcome.refused(AttestationRefusal.MALFORMED, "a certificate cannot be read");
    }
    return Outcome.done(certificates);
  }

  private static Outcome<AttestationChain> rooted(List<X509Certificate> chain, Anchors anchors) {
    return anchors
        .rootOf(chain.getLast().getPublicKey())
        .map(root -> Outcome.done(new AttestationChain(chain, root)))
        .orElseGet(() -> Outcome.refused(AttestationRefusal.ROOT_UNKNOWN));
  }

  /// From the root down, so that nothing is computed with keys that nobody vouched for.
  private Outcome<AttestationChain> signed() {
    for (int at = certificates.size() - 1; at >= 0; at--) {
      var issuer = certificates.get(Math.min(at + 1, certificates.size() - 1));
      if (!verifies(certificates.get(at), issuer))
        return broken("certificate " + (at + 1) + " is not signed by the one above it");
      if (at > 0 && !mayStand(at, issuer))
        return broken("certificate " + (at + 1) + " may not sign the one below it");
    }
    return Outcome.done(this);
  }

  private static boolean verifies(X509Certificate certificate, X509Certificate issuer) {
    if (!ALGORITHMS.contains(certificate.getSigAlgOID())) return false;
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException e) { // hostile input, however it breaks
      return false;
    }
  }

  /// Basic constraints and key usage (RFC 5280, section 6.1.4 (k) to (o)).
  private boolean mayStand(int at, X509Certificate issuer) {
    var certificate = certificates.get(at);
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
      return false;
    if (certificate.hasUnsupportedCriticalExtension()) return false;
    int pathLength = certificate.getBasicConstraints();
    if (at == 1 && pathLength < 0) return true;
    var usage = certificate.getKeyUsage();
    return pathLength >= at - 1 && (usage == null || usage[KEY_CERT_SIGN]);
  }

  private Outcome<AttestationChain> validAt(Instant now) {
    for (var certificate : certificates.subList(0, certificates.size() - 1)) {
      try {
        certificate.checkValidity(Date.from(now));
      } catch (CertificateException e) {
        return Outcome.refused(AttestationRefusal.NOT_VALID_NOW);
      }
    }
    return Outcome.done(this);
  }

  /// Only the leaf carries a key description. A phone's own key could sign a further certificate
  /// with a description that it made up, but then its own certificate, which has one, stands above.
  private Outcome<AttestationChain> described() {
    if (leaf().getExtensionValue(KeyDescription.EXTENSION) == null)
      return Outcome.refused(
          AttestationRefusal.MALFORMED, "the first certificate describes no key");
    boolean again =
        certificates.stream()
            .skip(1)
            .anyMatch(one -> one.getExtensionValue(KeyDescription.EXTENSION) != null);
    return again
        ? broken("a key that is itself attested signed a certificate of it")
        : Outcome.done(this);
  }

  /// The level that the certificates of the attestation key name, as title or organisation; empty
  /// if they name none.
  Optional<KeyLevel> namedLevel() {
    return certificates.subList(1, certificates.size() - 1).stream()
        .map(one -> X500Name.getInstance(one.getSubjectX500Principal().getEncoded()))
        .flatMap(name ->
            Stream.of(BCStyle.T, BCStyle.O).flatMap(kind -> Arrays.stream(name.getRDNs(kind))))
        .map(rdn -> rdn.getFirst().getValue().toString())
        .flatMap(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "strongbox" -> Stream.of(KeyLevel.STRONGBOX);
              case "tee" -> Stream.of(KeyLevel.TRUSTED_ENVIRONMENT);
              default -> Stream.<KeyLevel>empty();
            })
        .findFirst();
  }

  private static <T> Outcome<T> broken(String detail) {
    return Outcome.refused(AttestationRefusal.CHAIN_BROKEN, detail);
  }
}

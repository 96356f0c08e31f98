// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.device.Authorities;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.pki.Authority;
import dev.vigil.pki.Branch;
import dev.vigil.pki.Hierarchy;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.Issuer;
import dev.vigil.pki.Validity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A root and its intermediates in memory, valid for ten and five years.
public final class TestAuthorities implements Authorities {

  private final Issuer root;
  private final Map<Branch, Issuer> issuers = new EnumMap<>(Branch.class);
  private final Map<Branch, Authority> authorities = new EnumMap<>(Branch.class);

  public TestAuthorities(Instant now, Entropy entropy) {
    var hierarchy = new Hierarchy(entropy);
    var rootKey = SoftwareKey.generate();
    root =
        new Issuer(
            hierarchy.root(rootKey, "Test", Validity.from(now, Duration.ofDays(3653))), rootKey);
    for (Branch branch : Branch.values()) {
      var key = SoftwareKey.generate();
      var certificate =
          hierarchy.intermediate(
              root, branch, key.publicKey(), Validity.from(now, Duration.ofDays(1826)));
      issuers.put(branch, new Issuer(certificate, key));
      authorities.put(branch, new Authority(branch, new Issuer(certificate, key)));
    }
  }

  @Override
  public Authority authority(Branch branch) {
    return Objects.requireNonNull(authorities.get(branch));
  }

  /// The intermediate for devices with its key.
  public Issuer devices() {
    return Objects.requireNonNull(issuers.get(Branch.DEVICE));
  }

  public Issuer root() {
    return root;
  }

  /// Whether the JDK's own validation (RFC 5280 section 6) accepts the chain at this time.
  public boolean accepts(IssuedCertificate certificate, List<Bytes> chain, Instant at) {
    try {
      var path = new java.util.ArrayList<X509Certificate>();
      path.add(read(certificate.der()));
      for (Bytes one : chain) path.add(read(one));
      return accepts(path, at);
    } catch (CertificateException e) {
      return false;
    }
  }

  /// The same for certificates that were read.
  public boolean accepts(List<X509Certificate> path, Instant at) {
    try {
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// A certificate from its DER.
  public static X509Certificate read(Bytes der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der.toArray()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.posture.attestation.Anchors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/// The roots of Google's hardware attestation: the one of factory-made keys in its four renewals,
/// and the one of remotely provisioned keys since 2026. The vendor publishes them at
/// <https://android.googleapis.com/attestation/root>.
public final class GoogleRoots {

  private static final List<X509Certificate> ALL = read();

  private GoogleRoots() {}

  /// All of them.
  public static List<X509Certificate> all() {
    return ALL;
  }

  /// They and nobody else.
  public static Anchors anchors() {
    return new Anchors(ALL, List.of());
  }

  private static List<X509Certificate> read() {
    try (var pem =
        new BufferedInputStream(
            Objects.requireNonNull(GoogleRoots.class.getResourceAsStream("google-roots.pem")))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException("the bundled roots are no certificates", e);
    }
  }
}

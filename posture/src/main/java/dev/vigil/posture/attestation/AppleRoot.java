// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/// Apple's roots, as Apple publishes them at `apple.com/certificateauthority/private`.
public enum AppleRoot {
  /// Apple App Attestation Root CA, of App Attest.
  APP("apple-app-attestation-root.pem"),
  /// Apple Enterprise Attestation Root CA, of Managed Device Attestation.
  ENTERPRISE("apple-enterprise-attestation-root.pem");

  private final String file;

  AppleRoot(String file) {
    this.file = file;
  }

  /// The root certificate, from this library.
  public X509Certificate certificate() {
    try (var input = Objects.requireNonNull(AppleRoot.class.getResourceAsStream(file), file)) {
      var text = new String(input.readAllBytes(), StandardCharsets.US_ASCII);
      var pem = text.substring(text.indexOf("-----BEGIN")).getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new java.io.ByteArrayInputStream(pem));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException(file + " holds a certificate", e);
    }
  }

  /// Apple's root, and nobody for tests.
  public Anchors anchors() {
    return anchors(List.of());
  }

  /// Apple's root, and these for tests.
  public Anchors anchors(List<X509Certificate> test) {
    return new Anchors(List.of(certificate()), test);
  }
}

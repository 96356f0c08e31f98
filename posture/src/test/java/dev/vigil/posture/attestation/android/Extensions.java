// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;

/// Certificates that are known to be well formed, and what they hold.
final class Extensions {

  private Extensions() {}

  static X509Certificate certificate(Bytes der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toArray()));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// The octets of the key description.
  static Bytes description(Bytes certificate) {
    byte[] value = certificate(certificate).getExtensionValue(KeyDescription.EXTENSION);
    return Bytes.of(ASN1OctetString.getInstance(value).getOctets());
  }

  static Outcome<KeyDescription> read(Bytes certificate) {
    return KeyDescription.read(description(certificate));
  }
}

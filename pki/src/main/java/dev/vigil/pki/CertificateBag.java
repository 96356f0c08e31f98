// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/// Certificates or a revocation list in a CMS message that nobody signed (RFC 5652 section 5, what
/// RFC 8894 and RFC 7030 call "certs-only"), in DER.
public final class CertificateBag {

  private CertificateBag() {}

  /// Of certificates in DER, in this order where the receiver keeps it.
  public static Bytes of(List<Bytes> certificates) {
    var generator = new CMSSignedDataGenerator();
    try {
      for (var one : certificates)
        generator.addCertificate(new X509CertificateHolder(one.toArray()));
      return encoded(generator);
    } catch (IOException | CMSException e) {
      throw new IllegalStateException("certificates of our own can be encoded", e);
    }
  }

  /// Of a revocation list.
  public static Bytes of(RevocationList list) {
    var generator = new CMSSignedDataGenerator();
    try {
      generator.addCRL(new X509CRLHolder(list.der().toArray()));
      return encoded(generator);
    } catch (IOException | CMSException e) {
      throw new IllegalStateException("a list of our own can be encoded", e);
    }
  }

  private static Bytes encoded(CMSSignedDataGenerator generator) throws CMSException, IOException {
    return Bytes.of(
        generator
            .generate(new CMSAbsentContent(), false)
            .toASN1Structure()
            .getEncoded(org.bouncycastle.asn1.ASN1Encoding.DER));
  }
}

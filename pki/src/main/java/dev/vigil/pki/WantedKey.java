// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.est.AttrOrOID;
import org.bouncycastle.asn1.est.CsrAttrs;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// What a certificate request should best be made with (RFC 7030 section 4.5.2): a key on P-256,
/// signed with ECDSA and SHA-256. RSA is taken too, from devices that have nothing else.
public final class WantedKey {

  /// The attributes (`CsrAttrs`).
  public static final Bytes DER = der();

  private WantedKey() {}

  private static Bytes der() {
    var key =
        new Attribute(
            X9ObjectIdentifiers.id_ecPublicKey, new DERSet(SECObjectIdentifiers.secp256r1));
    var wanted =
        new CsrAttrs(
            new AttrOrOID[] {
              new AttrOrOID(key), new AttrOrOID(X9ObjectIdentifiers.ecdsa_with_SHA256)
            });
    try {
      return Bytes.of(wanted.getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("attributes of our own can be encoded", e);
    }
  }
}

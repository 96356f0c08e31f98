// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;

/// A certificate revocation list (RFC 5280 section 5) of one intermediate, complete: everything
/// that it issued and that was revoked.
///
/// @param der the list, signed by the intermediate
public record RevocationList(Bytes der, Instant thisUpdate, Instant nextUpdate) {

  /// How long a list is good. What was revoked stays on it this long after it expired, so that it
  /// is on one list at least that was made after its end (RFC 5280 section 3.3).
  public static final Duration GOOD_FOR = Duration.ofHours(24);

  /// An entry of the list.
  ///
  /// @param serial hexadecimal
  public record Entry(String serial, Instant revokedAt) {}

  /// Signs a list. Its number is the time in milliseconds: it grows as long as the clock does not
  /// go back, which Vigil watches, and no backup that is restored can set it back.
  public static RevocationList of(Authority authority, List<Entry> revoked, Instant now) {
    var issuer = authority.issuer();
    var next = now.plus(GOOD_FOR);
    var name = X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    var builder = new X509v2CRLBuilder(name, Date.from(now)).setNextUpdate(Date.from(next));
    for (var entry : revoked)
      builder.addCRLEntry(new BigInteger(entry.serial, 16), Date.from(entry.revokedAt), 0);
    try {
      var aki = CertificateWriter.utilities();
      builder
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              aki.createAuthorityKeyIdentifier(issuer.key().publicKey()))
          .addExtension(
              Extension.cRLNumber, false, new ASN1Integer(BigInteger.valueOf(now.toEpochMilli())));
      var der = Bytes.of(builder.build(new KeyInHand(issuer.key())).getEncoded());
      return new RevocationList(der, now, next);
    } catch (IOException e) {
      throw new IllegalStateException("a list of our own cannot be encoded", e);
    }
  }
}

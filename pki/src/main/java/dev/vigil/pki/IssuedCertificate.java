// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Optional;

/// A client certificate that was issued: an entry of the positive list.
///
/// @param thumbprint SHA-256 of the DER encoding, the `x5t#S256` of RFC 8705
/// @param serial hexadecimal, lower case
/// @param notAfter until when it is honoured: what it says itself, or earlier if it was ended
/// @param der the certificate itself
/// @param revokedAt when it was revoked by itself; empty also if its device was revoked as a whole
public record IssuedCertificate(
    Sha256 thumbprint,
    String serial,
    DeviceId device,
    Instant notBefore,
    Instant notAfter,
    Bytes der,
    Optional<Instant> revokedAt) {

  /// One that nobody revoked.
  public IssuedCertificate(
      Sha256 thumbprint,
      String serial,
      DeviceId device,
      Instant notBefore,
      Instant notAfter,
      Bytes der) {
    this(thumbprint, serial, device, notBefore, notAfter, der, Optional.empty());
  }

  /// Whether it counts at this time, if its device does: neither too early, nor expired, nor
  /// revoked.
  public boolean countsAt(Instant now) {
    return !now.isBefore(notBefore) && now.isBefore(notAfter) && revokedAt.isEmpty();
  }

  /// The same, honoured no longer than until this.
  public IssuedCertificate endingAt(Instant end) {
    return new IssuedCertificate(thumbprint, serial, device, notBefore, end, der, revokedAt);
  }

  /// The same certificate, revoked; it keeps its first time.
  public IssuedCertificate revoke(Instant at) {
    return revokedAt.isPresent()
        ? this
        : new IssuedCertificate(
            thumbprint, serial, device, notBefore, notAfter, der, Optional.of(at));
  }
}

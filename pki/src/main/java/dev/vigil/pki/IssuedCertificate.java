// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import java.time.Instant;

/// A client certificate that was issued: an entry of the positive list.
///
/// @param thumbprint SHA-256 of the DER encoding, the `x5t#S256` of RFC 8705
/// @param serial hexadecimal, lower case
/// @param notAfter until when it is honoured: what it says itself, or earlier if it was ended
/// @param der the certificate itself
public record IssuedCertificate(
    Sha256 thumbprint,
    String serial,
    DeviceId device,
    Instant notBefore,
    Instant notAfter,
    Bytes der) {

  /// The same, honoured no longer than until this.
  public IssuedCertificate endingAt(Instant end) {
    return new IssuedCertificate(thumbprint, serial, device, notBefore, end, der);
  }
}

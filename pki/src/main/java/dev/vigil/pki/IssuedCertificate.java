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
/// @param der the certificate itself
public record IssuedCertificate(
    Sha256 thumbprint,
    String serial,
    DeviceId device,
    Instant notBefore,
    Instant notAfter,
    Bytes der) {}

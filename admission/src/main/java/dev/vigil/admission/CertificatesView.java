// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What can be asked of issued certificates by their numbers.
public interface CertificatesView {

  /// An issued certificate by its serial number in hexadecimal, lower case; expired and revoked
  /// ones included.
  Optional<IssuedCertificate> numbered(String serial);

  /// What was revoked, by itself or with its device, whichever was first, of the devices of one
  /// kind; in the order of issue.
  ///
  /// @param endingAfter leaves out certificates that expired at this time or before
  List<RevocationList.Entry> revoked(Device.Kind kind, Instant endingAfter);
}

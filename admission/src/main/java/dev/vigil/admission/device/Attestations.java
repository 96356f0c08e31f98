// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.Statement;
import java.time.Instant;

/// Verifies platforms' statements with the roots, apps and revocation lists of this organisation. A
/// port.
@FunctionalInterface
public interface Attestations {

  /// Nothing can be verified here.
  Attestations NONE = (_, _, _) -> Outcome.refused(AttestationRefusal.NOT_CONFIGURED);

  /// What the statement proves. Refusals are [AttestationRefusal]s.
  Outcome<Attested> verify(Statement statement, Expected expected, Instant now);

  /// What a statement must be about.
  ///
  /// @param challenge what it must answer; covers the device's key, so that a statement made for
  ///   one device is worth nothing to another
  /// @param key RFC 7638 thumbprint of the device's key
  record Expected(Bytes challenge, Sha256 key) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import dev.vigil.identity.Attestation;
import dev.vigil.identity.Passkey;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Set;

/// A credential that came out of a registration, not yet anybody's.
///
/// @param publicKeyCose the credential public key as a COSE_Key
public record NewPasskey(
    String credentialId,
    Bytes publicKeyCose,
    String aaguid,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    Set<String> transports,
    Attestation attestation) {

  public NewPasskey {
    transports = Set.copyOf(transports);
  }

  /// The passkey of a subject.
  public Passkey of(SubjectId subject, String name, Instant now) {
    return new Passkey(
        credentialId,
        subject,
        publicKeyCose,
        aaguid,
        signCount,
        backupEligible,
        backedUp,
        transports,
        name,
        now,
        now,
        attestation);
  }
}

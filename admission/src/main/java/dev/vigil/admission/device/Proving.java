// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Signal;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Turns a statement into signals on the tier `attested`.
record Proving(Attestations attestations) {

  private static final int LARGEST = 64 * 1024;

  /// What came of a statement.
  ///
  /// @param signals what it proves; empty if it could not be verified now
  /// @param unverified why it could not be; a statement that is wrong is a refusal instead
  record Proof(List<Signal> signals, Optional<Refusal> unverified) {
    static final Proof NOTHING = new Proof(List.of(), Optional.empty());
  }

  Outcome<Proof> prove(Optional<Statement> statement, Bytes challenge, Sha256 key, Instant now) {
    if (statement.isEmpty()) return Outcome.done(Proof.NOTHING);
    if (statement.get().size() > LARGEST) return Outcome.refused(AttestationRefusal.TOO_LARGE);
    var outcome =
        attestations.verify(statement.get(), new Attestations.Expected(challenge, key), now);
    return switch (outcome) {
      case Outcome.Done<Attested>(var attested) ->
          Outcome.done(
              new Proof(attested.signals(now, Signal.ATTESTED_LIFETIME), Optional.empty()));
      case Outcome.Refused<Attested> refused ->
          ourFault(refused.refusal())
              ? Outcome.done(new Proof(List.of(), Optional.of(refused.refusal())))
              : refused.as();
    };
  }

  /// What we cannot verify proves nothing, and is not the phone's fault.
  private static boolean ourFault(Refusal refusal) {
    return refusal == AttestationRefusal.NOT_CONFIGURED
        || refusal == AttestationRefusal.REVOCATION_UNKNOWN
        || refusal == AttestationRefusal.VENDOR_UNREACHABLE;
  }
}

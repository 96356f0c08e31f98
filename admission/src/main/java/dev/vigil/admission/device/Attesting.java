// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.attestation.Statement;
import java.util.Optional;

/// Lets an enrolled device attest itself again: evidence ages, and what was locked when the device
/// was enrolled may be open now.
public final class Attesting {

  private final Changes changes;
  private final Challenges challenges;
  private final Proving proving;

  public Attesting(Changes changes, Attestations attestations) {
    this.changes = changes;
    this.challenges = new Challenges(changes);
    this.proving = new Proving(attestations);
  }

  /// What the device attests: a digest over its key, its subject and a nonce; good once and for
  /// five minutes.
  public Outcome<Enrolment.Challenge> challenge(DeviceId id) {
    return changes.commit(
        new Actor.Machine(id),
        work ->
            active(work.tx().device(id))
                .map(device -> {
                  var holder = Challenges.Holder.of(device);
                  var value = Challenges.fresh(holder, work.entropy());
                  var kept = Challenges.kept(value, holder, work.now());
                  work.tx().put(kept);
                  return new Enrolment.Challenge(value, kept.expiresAt());
                }));
  }

  private static Outcome<Device> active(Optional<Device> device) {
    if (device.isEmpty()) return Outcome.refused(DeviceRefusal.DEVICE_UNKNOWN);
    return device.get().active()
        ? Outcome.done(device.get())
        : Outcome.refused(DeviceRefusal.DEVICE_REVOKED);
  }

  /// Takes a statement over the challenge and answers with the device's posture after it. The
  /// challenge is spent whatever comes of it. A statement that is refused is an event, and what the
  /// device had proven before stands until it expires: it may be somebody else's try.
  public Outcome<Posture> attest(DeviceId id, Bytes challenge, Statement statement) {
    var outcome =
        active(changes.read(view -> view.device(id)))
            .then(device -> attest(device, challenge, statement));
    if (outcome instanceof Outcome.Refused<Posture> refused)
      changes.refused(new Actor.Machine(id), "attestation-refused", refused.refusal(), id);
    return outcome;
  }

  private Outcome<Posture> attest(Device device, Bytes challenge, Statement statement) {
    var actor = new Actor.Machine(device.id());
    var made = challenges.spend(actor, challenge);
    if (made.isEmpty()) return Outcome.refused(DeviceRefusal.CHALLENGE_SPENT);
    if (!made.get().equals(Challenges.Holder.of(device)))
      return Outcome.refused(DeviceRefusal.CHALLENGE_OF_ANOTHER);
    return proving
        .prove(Optional.of(statement), challenge, device.key(), changes.time().now())
        .then(Attesting::proven)
        .then(proof ->
            changes.commit(
                actor,
                work ->
                    active(work.tx().device(device.id()))
                        .map(found ->
                            Intake.take(work, found.id(), proof.signals(), "attested again"))));
  }

  private static Outcome<Proving.Proof> proven(Proving.Proof proof) {
    return proof
        .unverified()
        .<Outcome<Proving.Proof>>map((Refusal why) -> Outcome.refused(why))
        .orElseGet(() -> Outcome.done(proof));
  }
}

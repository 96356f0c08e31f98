// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Report;
import dev.vigil.posture.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes what enrolled devices say of themselves: always as `reported`, never against stronger
/// evidence.
public final class PostureReports {

  private final Changes changes;

  public PostureReports(Changes changes) {
    this.changes = changes;
  }

  /// Takes a report and answers with the device's posture after it. Refusals are [DeviceRefusal]s
  /// and the report's own.
  ///
  /// @param device the device of the certificate or key that the caller has proven to hold
  public Outcome<Posture> report(DeviceId device, Report report) {
    var now = changes.time().now();
    return report
        .read(now)
        .then(signals -> unchanged(device, signals, now).orElseGet(() -> keep(device, signals)));
  }

  /// The posture as it is, if the report says nothing that is not known: a look, no change.
  private Optional<Outcome<Posture>> unchanged(DeviceId id, List<Signal> signals, Instant now) {
    return changes.read(view -> {
      var known = view.signals().of(id);
      return view.device(id).filter(Device::active).isPresent() && Intake.idle(known, signals)
          ? Optional.of(Outcome.done(Posture.merge(known, now)))
          : Optional.empty();
    });
  }

  private Outcome<Posture> keep(DeviceId device, List<Signal> signals) {
    return changes.commit(
        new Actor.Machine(device),
        work ->
            active(work, device).map(id -> Intake.take(work, id, signals, "reported by the app")));
  }

  private static Outcome<DeviceId> active(Work work, DeviceId id) {
    var device = work.tx().device(id);
    if (device.isEmpty()) return Outcome.refused(DeviceRefusal.DEVICE_UNKNOWN);
    return device.get().active() ? Outcome.done(id) : Outcome.refused(DeviceRefusal.DEVICE_REVOKED);
  }
}

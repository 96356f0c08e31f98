// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Report;
import dev.vigil.posture.Signal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    return changes.commit(
        new Actor.Machine(device),
        work ->
            active(work, device)
                .then(id -> report.read(work.now()))
                .map(signals -> keep(work, device, signals)));
  }

  private static Outcome<DeviceId> active(Work work, DeviceId id) {
    var device = work.tx().device(id);
    if (device.isEmpty()) return Outcome.refused(DeviceRefusal.DEVICE_UNKNOWN);
    return device.get().active() ? Outcome.done(id) : Outcome.refused(DeviceRefusal.DEVICE_REVOKED);
  }

  private static Posture keep(Work work, DeviceId device, List<Signal> signals) {
    if (!signals.isEmpty()) {
      work.tx().put(device, signals);
      work.event("device-posture-change", "reported by the app", details(signals), device);
    }
    return Posture.merge(work.tx().signalsOf(device));
  }

  private static Map<String, String> details(List<Signal> signals) {
    var details = new TreeMap<String, String>();
    signals.forEach(signal -> details.put(signal.name().label(), signal.value()));
    return details;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Signal;
import java.util.List;
import java.util.TreeMap;

/// What time does to evidence: a source that says nothing more has said nothing, once its last word
/// has run out. That is a change like any other: facts follow, and what depends on them is decided
/// again.
public final class SignalExpiry {

  private static final int BATCH = 100;

  private final Changes changes;

  public SignalExpiry(Changes changes) {
    this.changes = changes;
  }

  /// Removes what has expired; returns how many devices it was about.
  public int sweep() {
    int swept = 0;
    while (true) {
      int batch = sweepBatch();
      swept += batch;
      if (batch < BATCH) return swept;
    }
  }

  private int sweepBatch() {
    var now = changes.time().now();
    var devices = changes.read(view -> view.signals().devicesWithExpired(now, BATCH));
    if (!devices.isEmpty())
      changes.<Integer>commit(
          Actor.SYSTEM,
          work -> {
            devices.forEach(device -> expire(work, device));
            return devices.size();
          });
    return devices.size();
  }

  private static void expire(Work work, DeviceId device) {
    List<Signal> gone = work.tx().signals().removeExpired(device, work.now());
    if (gone.isEmpty()) return;
    var details = new TreeMap<String, String>();
    gone.forEach(signal -> details.put(signal.name().label(), signal.source()));
    work.event("device-posture-change", "evidence ran out", details, device);
  }
}

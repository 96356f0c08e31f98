// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import java.util.Map;
import java.util.Optional;

/// Takes trust away from a device. It acts at once, before the commit; then everything that hangs
/// from the device goes in one commit, so that nothing survives what it hung from. Doing it again
/// changes nothing and succeeds.
public final class Revocation {

  private final Changes changes;

  public Revocation(Changes changes) {
    this.changes = changes;
  }

  /// Revokes a device for good: its certificates leave the positive list and its sessions end.
  public Outcome<Device> revokeDevice(Mandate mandate, DeviceId id) {
    var now = changes.time().now();
    changes.ahead(Optional.of(id), changes.read(view -> view.sessionsOf(id, now)));
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .device(id)
                .map(device -> Outcome.done(revoked(work, device, mandate.reason().text())))
                .orElseGet(() -> Outcome.refused(AdministrationRefusal.NO_SUCH_DEVICE)));
  }

  private static Device revoked(Work work, Device device, String cause) {
    if (!device.active()) return device;
    var revoked = device.revoke(work.now(), cause);
    work.tx().put(revoked);
    work.event(
        "device-compliance-change",
        cause,
        Map.of("previous_status", "compliant", "current_status", "not-compliant"),
        device.id(),
        device.subject());
    work.event(
        "credential-change",
        cause,
        Map.of("change_type", "revoke", "credential_type", "x509"),
        device.id());
    work.tx()
        .sessionsOf(device.id(), work.now())
        .forEach(session -> Ending.end(work, session, cause));
    return revoked;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.DeviceFacts;
import dev.vigil.admission.FactsJson;
import dev.vigil.admission.View;
import dev.vigil.kernel.DeviceId;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.posture.Device;
import dev.vigil.posture.Posture;
import dev.vigil.posture.release.VendorReleases;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Brings the facts of devices up to date when what is known of makers' releases changes: a phone
/// that was current yesterday may lack an update today, without a word from the phone.
public final class ReleaseData {

  private static final int SLICE = 200;

  private final Changes changes;

  public ReleaseData(Changes changes) {
    this.changes = changes;
  }

  /// Knows this from now on, and renews the facts that it changes, slice by slice; returns of how
  /// many devices.
  public int take(VendorReleases releases) {
    changes.know(releases);
    List<DeviceId> all =
        changes.read(
            view -> view.devices().stream().filter(Device::active).map(Device::id).toList());
    int renewed = 0;
    for (int begin = 0; begin < all.size(); begin += SLICE)
      renewed += renew(all.subList(begin, Math.min(begin + SLICE, all.size())), releases);
    return renewed;
  }

  private int renew(List<DeviceId> slice, VendorReleases releases) {
    var now = changes.time().now();
    List<DeviceId> behind =
        changes.read(view -> slice.stream().filter(id -> behind(view, id, releases, now)).toList());
    if (!behind.isEmpty())
      changes.<Integer>commit(
          Actor.SYSTEM,
          work -> {
            behind.forEach(id ->
                work.event(
                    "device-posture-change", "makers' releases are known anew", Map.of(), id));
            return behind.size();
          });
    return behind.size();
  }

  private static boolean behind(View view, DeviceId id, VendorReleases releases, Instant now) {
    long version = view.factsVersion(Entity.DEVICE.prefix(), id.value());
    var kept = view.facts(Entity.DEVICE.prefix(), id.value(), version).map(FactsJson::read);
    var fresh =
        view.device(id)
            .map(device ->
                DeviceFacts.of(
                    device, Posture.merge(view.signals().of(id), now), releases, version));
    return fresh.isPresent()
        && DeviceFacts.OF_RELEASES.stream()
            .anyMatch(name ->
                !Objects.equals(
                    kept.flatMap((Facts facts) -> facts.find(name)), fresh.get().find(name)));
  }
}

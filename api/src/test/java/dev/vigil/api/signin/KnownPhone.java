// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.Actor;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A phone of Alice's of which several sources speak, not all of them friendly.
final class KnownPhone {

  static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private final House house;

  private KnownPhone(House house) {
    this.house = house;
  }

  /// Enrols it in a house in which Alice is the only person.
  static DeviceId in(House house) {
    return new KnownPhone(house).enrolled();
  }

  private DeviceId enrolled() {
    return house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var id = DeviceId.random(work.entropy());
          var owner = work.tx().subjects().getFirst().id();
          var key = Sha256.ofDigest(work.entropy().bytes(32));
          work.tx()
              .put(
                  new Device(
                      id,
                      Device.Kind.PHONE,
                      owner,
                      key,
                      "<b>Alice's</b> phone",
                      work.now(),
                      Optional.empty()));
          work.tx().signals().put(id, said());
          work.event("device-enrolled", "test", Map.of(), id);
          return id;
        });
  }

  private List<Signal> said() {
    return List.of(
        reported(SignalName.PLATFORM, "android"),
        reported(SignalName.MODEL, HOSTILE),
        reported(SignalName.OS_VERSION, "16"),
        reported(SignalName.PATCH_DATE, "2026-09-05"),
        reported(SignalName.ROOTED, "false"),
        reported(SignalName.SCREEN_LOCK, "true"),
        reported(SignalName.APP_SIGNER, "0123456789abcdef".repeat(4)),
        of(SignalName.COMPLIANT, "true", EvidenceTier.MANAGED, "intune"),
        of(SignalName.OS_VERSION, "17", EvidenceTier.MANAGED, "intune"),
        attested(SignalName.BOOTLOADER_LOCKED, "false"),
        attested(SignalName.KEY_PROTECTION, "strongbox"),
        attested(SignalName.ATTESTATION_ROOT, "test"));
  }

  private Signal reported(SignalName name, String value) {
    return of(name, value, EvidenceTier.REPORTED, "sdk");
  }

  private Signal attested(SignalName name, String value) {
    return of(name, value, EvidenceTier.ATTESTED, "android-key (test root)");
  }

  private Signal of(SignalName name, String value, EvidenceTier tier, String source) {
    var now = house.time.now();
    return new Signal(name, value, source, tier, now, now.plus(Duration.ofDays(7)));
  }
}

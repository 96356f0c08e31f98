// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.View;
import dev.vigil.kernel.DeviceId;
import dev.vigil.posture.Posture;
import dev.vigil.posture.Signal;
import dev.vigil.posture.attestation.Attested;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What counts as known of a device at one moment, and who else says what of it.
///
/// @param posture what policies see, with the contradictions
/// @param others what is also said and still counts, but not as much: by name, then by source
public record DeviceEvidence(DeviceId device, Posture posture, List<Signal> others) {

  public DeviceEvidence {
    others = List.copyOf(others);
  }

  /// Of a device as it is stored.
  public static DeviceEvidence at(View view, DeviceId device, Instant now) {
    var all = view.signals().of(device);
    var posture = Posture.merge(all, now);
    var others =
        all.stream()
            .filter(signal -> signal.countsAt(now))
            .filter(signal -> posture.find(signal.name()).filter(signal::equals).isEmpty())
            .sorted(Comparator.comparing(Signal::name).thenComparing(Signal::source))
            .toList();
    return new DeviceEvidence(device, posture, others);
  }

  /// Whether anything that counts rests on a root for development.
  public boolean testRoot() {
    return posture.signals().values().stream().anyMatch(Attested::underTestRoot)
        || others.stream().anyMatch(Attested::underTestRoot);
  }
}

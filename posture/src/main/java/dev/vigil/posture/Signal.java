// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import dev.vigil.kernel.EvidenceTier;
import java.time.Duration;
import java.time.Instant;

/// One observed fact about a device.
///
/// @param value as written in reports: `true`, `17.1`, `2026-09-05`, `low`
/// @param source who says so, such as `sdk`, `intune` or `android-key (test root)`
/// @param observed the earlier of observed and received
/// @param expires from when on it counts no longer; afterwards the source has said nothing
public record Signal(
    SignalName name,
    String value,
    String source,
    EvidenceTier tier,
    Instant observed,
    Instant expires) {

  /// How long what an app reports counts unless it reports again.
  public static final Duration REPORTED_LIFETIME = Duration.ofDays(7);

  /// How long what hardware or its vendor signed counts unless it is signed anew.
  public static final Duration ATTESTED_LIFETIME = Duration.ofDays(30);

  /// Whether it still counts.
  public boolean countsAt(Instant now) {
    return now.isBefore(expires);
  }

  /// Whether the other says the same of the same, on the same tier, whenever it was seen.
  public boolean saysSameAs(Signal other) {
    return name == other.name
        && value.equals(other.value)
        && source.equals(other.source)
        && tier == other.tier;
  }
}

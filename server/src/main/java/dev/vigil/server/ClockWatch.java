// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// Whether the wall clock can still date evidence: compares it with the monotonic one. For one
/// thread.
final class ClockWatch {

  /// A wall clock may be set back by this much (a leap second, a small correction) without harm.
  static final Duration TOLERATED = Duration.ofSeconds(2);

  private final TimeSource time;
  private final Instant startWall;
  private final long startNanos;
  private Duration furthest = Duration.ZERO;
  private boolean trusted = true;

  ClockWatch(TimeSource time) {
    this.time = time;
    this.startWall = time.now();
    this.startNanos = time.nanos();
  }

  /// To be called about once a second. False from the first backward step that could make stale
  /// evidence look fresh, until the process starts anew: many small steps count as one, and a step
  /// forward does not heal an earlier one back.
  boolean stillTrusted() {
    var lead = Duration.between(startWall.plusNanos(time.nanos() - startNanos), time.now());
    if (lead.compareTo(furthest) > 0) furthest = lead;
    if (lead.plus(TOLERATED).compareTo(furthest) < 0) trusted = false;
    return trusted;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.attestation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// How many calls of a day are left. Google counts days in California, and gives an app 10,000
/// calls unless it asks for more
/// (<https://developer.android.com/google/play/integrity/setup#increase-daily>). Safe for many
/// threads.
public final class Quota {

  /// What an app has that did not ask for more.
  public static final int USUAL = 10_000;

  private static final ZoneId CALIFORNIA = ZoneId.of("America/Los_Angeles");

  private final int perDay;
  private LocalDate day = LocalDate.MIN;
  private int taken;

  /// @throws IllegalArgumentException if there are none
  public Quota(int perDay) {
    if (perDay <= 0) throw new IllegalArgumentException("a quota allows at least one call a day");
    this.perDay = perDay;
  }

  /// Whether a call may be made; then it is counted. When the wall clock steps back a day, the
  /// calls of the later day stay counted.
  public synchronized boolean take(Instant now) {
    turn(now);
    if (taken >= perDay) return false;
    taken++;
    return true;
  }

  /// How many calls are left today.
  public synchronized int left(Instant now) {
    turn(now);
    return perDay - taken;
  }

  private void turn(Instant now) {
    var today = LocalDate.ofInstant(now, CALIFORNIA);
    if (!today.isAfter(day)) return;
    day = today;
    taken = 0;
  }
}

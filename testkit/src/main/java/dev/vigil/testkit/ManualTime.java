// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until a test moves it.
public final class ManualTime implements TimeSource {

  private volatile Instant now;
  private volatile long nanos;

  /// A clock that starts at this time.
  public ManualTime(Instant start) {
    this.now = start;
  }

  /// A clock that starts at noon UTC on 22 November 2026.
  public static ManualTime atNoon() {
    return new ManualTime(Instant.parse("2026-11-22T12:00:00Z"));
  }

  /// Moves both clocks forward.
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}

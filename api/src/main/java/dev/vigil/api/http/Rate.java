// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import java.time.Duration;

/// How often something may happen: a bucket of `burst` that fills again evenly over `window`.
public record Rate(int burst, Duration window) {

  /// @throws IllegalArgumentException if burst or window are not positive
  public Rate {
    if (burst < 1 || window.isNegative() || window.isZero())
      throw new IllegalArgumentException("a rate needs a positive burst and window");
  }

  /// So many a minute.
  public static Rate perMinute(int times) {
    return new Rate(times, Duration.ofMinutes(1));
  }

  long nanosEach() {
    return Math.max(1, window.toNanos() / burst);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import dev.vigil.kernel.TimeSource;
import dev.vigil.server.SystemTime;
import java.time.Duration;
import java.time.Instant;

/// The machine's clocks, which a test can move forward.
final class MovedTime implements TimeSource {

  private final TimeSource real = new SystemTime();
  private Duration ahead = Duration.ZERO;

  synchronized void pass(Duration duration) {
    ahead = ahead.plus(duration);
  }

  /// How far they are ahead of the machine's.
  synchronized Duration ahead() {
    return ahead;
  }

  @Override
  public Instant now() {
    return real.now().plus(ahead());
  }

  @Override
  public long nanos() {
    return real.nanos() + ahead().toNanos();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import dev.vigil.kernel.TimeSource;
import dev.vigil.server.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The machine's clocks, which a test can move forward.
final class MovedTime implements TimeSource {

  private final TimeSource real = new SystemTime();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  void pass(Duration duration) {
    ahead.updateAndGet(duration::plus);
  }

  /// How far they are ahead of the machine's.
  Duration ahead() {
    return ahead.get();
  }

  @Override
  public Instant now() {
    return real.now().plus(ahead.get());
  }

  @Override
  public long nanos() {
    return real.nanos() + ahead.get().toNanos();
  }
}

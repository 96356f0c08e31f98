// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The machine's clock, which can be set: what is reported every minute depends on how old it is,
/// and nobody waits minutes for that.
final class SetClock implements TimeSource {

  private final TimeSource machine;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  SetClock(TimeSource machine) {
    this.machine = machine;
  }

  /// It is this time now, and goes on.
  void set(Instant now) {
    ahead.set(Duration.between(machine.now(), now));
  }

  @Override
  public Instant now() {
    return machine.now().plus(ahead.get());
  }

  @Override
  public long nanos() {
    return machine.nanos();
  }
}

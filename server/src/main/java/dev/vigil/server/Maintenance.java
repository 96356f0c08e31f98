// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.device.SignalExpiry;
import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What time does by itself: decisions run out, one-time values expire, the clock is watched.
final class Maintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private static final Duration ACME_KEPT = Duration.ofDays(1);

  private final Foundation foundation;
  private final TimeSource time;
  private final ClockWatch clock;
  private final SignalExpiry signals;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().name("vigil-time").daemon().factory());

  private Maintenance(Foundation foundation, TimeSource time) {
    this.foundation = foundation;
    this.time = time;
    this.clock = new ClockWatch(time);
    this.signals = new SignalExpiry(foundation.changes());
  }

  static Maintenance start(Foundation foundation, TimeSource time) {
    var maintenance = new Maintenance(foundation, time);
    maintenance.signals.sweep(); // before any port opens
    maintenance.every(20, maintenance::expire);
    maintenance.every(1_000, maintenance::expireSignals);
    maintenance.every(1_000, maintenance::watchClock);
    maintenance.every(60_000, maintenance::forget);
    return maintenance;
  }

  private void every(long milliseconds, Runnable task) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> guarded(task), milliseconds, milliseconds, TimeUnit.MILLISECONDS);
  }

  /// A task that fails is tried again at its next turn; without this the timer would drop it
  /// silently.
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) { // see above
      LOG.error("a periodic task failed and will be tried again", e);
    }
  }

  private void expire() {
    foundation.streams().expire(time.now());
  }

  private void expireSignals() {
    int devices = signals.sweep();
    if (devices > 0) LOG.debug("evidence about {} devices ran out", devices);
  }

  private void watchClock() {
    if (clock.stillTrusted() || foundation.world().suspended()) return;
    foundation.world().suspend();
    foundation.streams().changedAll(time.now());
    LOG.error(
        "the wall clock went backwards: evidence can no longer be dated, so all access is refused;"
            + " set the clock right and restart");
  }

  private void forget() {
    foundation.world().forgetExpired(time.now());
    int gone = foundation.store().change(tx -> tx.forgetExpired(time.now()));
    var before = time.now().minus(ACME_KEPT);
    int forgotten = foundation.store().change(tx -> tx.acme().forget(before));
    LOG.debug("{} one-time values expired, {} ACME orders and accounts", gone, forgotten);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

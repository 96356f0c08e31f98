// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Store;
import dev.vigil.admission.feed.FeedStates;
import dev.vigil.admission.feed.Synchronisation;
import dev.vigil.kernel.TimeSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every two seconds which products are due, asks them, and notices who is silent. Each
/// product has a thread of its own, so that one that dawdles holds up no other.
final class FeedRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedRunner.class);
  private static final long SECONDS = 2;

  private final ScheduledExecutorService executor;

  private FeedRunner(int threads) {
    this.executor =
        Executors.newScheduledThreadPool(
            threads, Thread.ofPlatform().name("vigil-feeds-", 0).daemon().factory());
  }

  /// Asks from now on.
  static FeedRunner start(List<Synchronisation> feeds, FeedStates states, TimeSource time) {
    var runner = new FeedRunner(Math.max(1, feeds.size()));
    for (var feed : feeds) {
      var _ =
          runner.executor.scheduleWithFixedDelay(
              () -> turn(feed, states, time), SECONDS, SECONDS, TimeUnit.SECONDS);
    }
    return runner;
  }

  private static void turn(Synchronisation feed, FeedStates states, TimeSource time) {
    try {
      if (!feed.due().isAfter(time.now())) {
        var state = feed.run();
        state
            .failure()
            .ifPresent(
                failure -> LOG.warn("the feed `{}` fails: {}", state.feed(), failure.says()));
      }
      states.watch(feed.rules());
    } catch (Store.StoreUnavailable e) {
      LOG.warn("feeds wait until the store can be used again", e);
    } catch (RuntimeException e) { // the next turn must come, whatever one product said
      LOG.error("a turn of the feed `{}` was broken off", feed.rules().id(), e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Store;
import dev.vigil.admission.feed.FeedRules;
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

  /// Where signals come from.
  ///
  /// @param asked products that are asked
  /// @param calling products that send by themselves
  record Sources(List<Synchronisation> asked, List<FeedRules> calling) {}

  /// Asks from now on.
  static FeedRunner start(Sources sources, FeedStates states, TimeSource time) {
    var runner = new FeedRunner(sources.asked.size() + 1);
    for (var feed : sources.asked) runner.again(() -> turn(feed, states, time));
    for (var feed : sources.calling) runner.again(() -> watched(feed, states));
    return runner;
  }

  private void again(Runnable turn) {
    var _ = executor.scheduleWithFixedDelay(turn, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private static void watched(FeedRules feed, FeedStates states) {
    try {
      states.watch(feed);
    } catch (Store.StoreUnavailable e) {
      LOG.warn("feeds wait until the store can be used again", e);
    } catch (RuntimeException e) { // the next turn must come
      LOG.error("a look at the feed `{}` was broken off", feed.id(), e);
    }
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

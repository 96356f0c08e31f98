// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Something of a provider that is fetched now and then and kept: fresh for a while, then fetched
/// again; if that fails what there was serves on, but not for ever. However many ask, one fetches,
/// and not more often than every so often.
final class Fetched<T> {

  private static final Duration FRESH = Duration.ofMinutes(15);
  private static final Duration USABLE = Duration.ofHours(1);
  private static final Duration APART = Duration.ofSeconds(10);
  private static final long WAIT_SECONDS = 8;

  private final TimeSource time;
  private final Function<Optional<T>, Outcome<T>> fetch;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Optional<Held<T>> held = Optional.empty();
  private volatile Optional<Long> tried = Optional.empty();
  private volatile Optional<Long> lacking = Optional.empty();
  private volatile Outcome<T> failure = Outcome.refused(FederationRefusal.UNREACHABLE);

  private record Held<T>(T value, long at) {}

  private enum Why {
    AGE,
    LACK
  }

  /// @param fetch given what there was, if anything
  Fetched(TimeSource time, Function<Optional<T>, Outcome<T>> fetch) {
    this.time = time;
    this.fetch = fetch;
  }

  /// What there is, fetched if it is not fresh.
  Outcome<T> get() {
    return within(FRESH).map(Outcome::done).orElseGet(() -> refreshed(Why.AGE));
  }

  /// The same fetched again because it lacks something, unless that was done just now. What is
  /// lacking may be younger than what was fetched a moment ago for its age, so that does not count.
  Outcome<T> again() {
    return refreshed(Why.LACK);
  }

  private Optional<T> within(Duration age) {
    return held.filter(one -> time.nanos() - one.at() < age.toNanos()).map(Held::value);
  }

  private Outcome<T> refreshed(Why why) {
    var before = tried;
    try {
      if (!fetching.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) return old();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return old();
    }
    try {
      if (!tried.equals(before) || justNow(why)) return old();
      if (why == Why.LACK) lacking = Optional.of(time.nanos());
      return fetched();
    } finally {
      fetching.unlock();
    }
  }

  private boolean justNow(Why why) {
    boolean failed = tried.filter(at -> held.filter(one -> one.at() >= at).isEmpty()).isPresent();
    return recent(why == Why.AGE || failed ? tried : lacking);
  }

  private boolean recent(Optional<Long> at) {
    return at.filter(then -> time.nanos() - then < APART.toNanos()).isPresent();
  }

  private Outcome<T> fetched() {
    tried = Optional.of(time.nanos());
    var answer = fetch.apply(held.map(Held::value));
    if (answer instanceof Outcome.Done<T>(T value)) {
      held = Optional.of(new Held<>(value, time.nanos()));
      return answer;
    }
    failure = answer;
    return old();
  }

  private Outcome<T> old() {
    return within(USABLE).map(Outcome::done).orElse(failure);
  }
}

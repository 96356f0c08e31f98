// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.admission.feed.FeedState.Counts;
import dev.vigil.admission.feed.FeedState.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps how it stands with every feed, and says once when one falls silent and once when it is
/// heard again. What a silent feed said runs out by itself.
public final class FeedStates {

  /// How often it is written that a product calls us.
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Changes changes;

  public FeedStates(Changes changes) {
    this.changes = changes;
  }

  /// How it stands; of a feed that was never heard of, as if it began now.
  public FeedState of(String feed) {
    var now = changes.time().now();
    return changes
        .read(view -> view.feeds().state(feed))
        .orElseGet(() -> FeedState.fresh(feed, now));
  }

  /// A product that calls us has called: it is not silent. Written at most once a minute.
  public void called(String feed, Counts counts) {
    var now = changes.time().now();
    var known = changes.read(view -> view.feeds().state(feed));
    boolean noted =
        known
            .filter(one -> one.silent().isEmpty())
            .flatMap(FeedState::completed)
            .filter(at -> at.plus(NOTED_EVERY).isAfter(now))
            .isPresent();
    if (!noted) change(feed, (work, state) -> heard(work, state, new Heard(counts, false), state));
  }

  /// What a complete round adds.
  private record Heard(Counts counts, boolean full) {}

  private interface Step {
    FeedState apply(Work work, FeedState before);
  }

  FeedState complete(
      String feed, Counts counts, boolean full, Optional<String> resume, Instant next) {
    return change(
        feed,
        (work, state) -> {
          var later =
              new FeedState(
                  feed,
                  state.since(),
                  resume,
                  state.full(),
                  state.completed(),
                  state.attempted(),
                  state.failure(),
                  Optional.of(next),
                  state.counts(),
                  state.silent());
          return heard(work, state, new Heard(counts, full), later);
        });
  }

  private static FeedState heard(Work work, FeedState before, Heard heard, FeedState state) {
    if (before.silent().isPresent())
      work.note(
          "feed-recovered",
          "a source of signals is heard again",
          Map.of("feed", before.feed(), "silent_since", before.silent().get().toString()));
    var now = Optional.of(work.now());
    return new FeedState(
        state.feed(),
        state.since(),
        state.resume(),
        heard.full ? now : state.full(),
        now,
        now,
        Optional.empty(),
        state.next(),
        heard.counts,
        Optional.empty());
  }

  FeedState failed(String feed, Failure failure, Instant next) {
    return change(
        feed,
        (work, state) -> {
          // The first of a row is an event; that it goes on is in the list.
          if (failure.times() == 1)
            work.note(
                "feed-failed",
                failure.says(),
                Map.of("feed", feed, "reason", failure.reason().name().toLowerCase(Locale.ROOT)));
          return state.failed(failure, work.now(), next);
        });
  }

  /// The feed is to be asked at once.
  void hurry(Work work, String feed) {
    put(work, feed, FeedState::hurried);
  }

  /// Looks whether the feed has been silent for longer than what it says counts, and says so once.
  /// Returns how it stands.
  public FeedState watch(FeedRules rules) {
    var now = changes.time().now();
    var state = changes.read(view -> view.feeds().state(rules.id()));
    if (state.isEmpty()) return change(rules.id(), (_, fresh) -> fresh);
    boolean silent = state.get().heard().plus(rules.lifetime()).isBefore(now);
    if (!silent || state.get().silent().isPresent()) return state.get();
    return change(
        rules.id(),
        (work, before) -> {
          work.note(
              "feed-silent",
              "a source of signals was not heard for longer than what it says counts",
              Map.of("feed", rules.id(), "last_heard", before.heard().toString()));
          return before.fellSilent(work.now());
        });
  }

  private FeedState change(String feed, Step step) {
    return changes.commit(Actor.SYSTEM, work -> put(work, feed, state -> step.apply(work, state)));
  }

  private static FeedState put(Work work, String feed, UnaryOperator<FeedState> step) {
    var before = work.tx().feeds().state(feed).orElseGet(() -> FeedState.fresh(feed, work.now()));
    var after = step.apply(before);
    work.tx().feeds().put(after);
    return after;
  }
}

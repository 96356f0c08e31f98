// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.feed.PostureSource.Reason;
import java.time.Instant;
import java.util.Optional;

/// How it stands with a feed. Kept, so that a restart goes on where the process ended.
///
/// @param since when it was first heard of
/// @param resume where the next round may begin so that it holds only changes
/// @param full when the last round that began from nothing was complete
/// @param completed when the last round of any kind was complete; of a product that calls us, when
///   it last did
/// @param attempted when it was asked last
/// @param failure why the last attempt failed; empty if it did not
/// @param next when it is asked next; empty if at once, and of products that call us
/// @param counts of the last complete round
/// @param silent since when it counts as silent; empty if it does not
public record FeedState(
    String feed,
    Instant since,
    Optional<String> resume,
    Optional<Instant> full,
    Optional<Instant> completed,
    Optional<Instant> attempted,
    Optional<Failure> failure,
    Optional<Instant> next,
    Counts counts,
    Optional<Instant> silent) {

  /// Why an attempt failed.
  ///
  /// @param says for an administrator
  /// @param times how often in a row
  public record Failure(Reason reason, String says, int times) {}

  /// What a round held.
  ///
  /// @param devices that the product listed
  /// @param matched of those, how many are devices of ours
  /// @param unmatched of those, how many are not known here
  /// @param unreadable entries that were garbage
  /// @param leftOut values that no signal can have
  public record Counts(int devices, int matched, int unmatched, int unreadable, int leftOut) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /// Both together.
    public Counts plus(Counts other) {
      return new Counts(
          devices + other.devices,
          matched + other.matched,
          unmatched + other.unmatched,
          unreadable + other.unreadable,
          leftOut + other.leftOut);
    }
  }

  /// A feed that was not asked yet.
  public static FeedState fresh(String feed, Instant now) {
    return new FeedState(
        feed,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Counts.NONE,
        Optional.empty());
  }

  /// The same after a failed attempt; what was known stays known.
  FeedState failed(Failure why, Instant at, Instant again) {
    return new FeedState(
        feed,
        since,
        why.reason() == Reason.CURSOR_EXPIRED ? Optional.empty() : resume,
        full,
        completed,
        Optional.of(at),
        Optional.of(why),
        Optional.of(again),
        counts,
        silent);
  }

  /// The same, silent from now on.
  FeedState fellSilent(Instant now) {
    return new FeedState(
        feed, since, resume, full, completed, attempted, failure, next, counts, Optional.of(now));
  }

  /// The same, to be asked at once.
  FeedState hurried() {
    return new FeedState(
        feed, since, resume, full, completed, attempted, failure, Optional.empty(), counts, silent);
  }

  /// Since when there was no complete round.
  Instant heard() {
    return completed.orElse(since);
  }
}

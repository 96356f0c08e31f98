// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.feed;

import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.kernel.Entropy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides when a product is asked next. Pure: the same arguments and the same random bytes give
/// the same answer.
final class Schedule {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);
  private static final Duration FIRST_CREDENTIAL_RETRY = Duration.ofMinutes(15);
  private static final Duration LONGEST_CREDENTIAL_RETRY = Duration.ofHours(6);
  private static final Duration LONGEST_WISH = Duration.ofHours(24);
  private static final int MOST_DOUBLINGS = 20;

  private Schedule() {}

  /// After a complete round: the interval, up to a tenth sooner or later, so that feeds that began
  /// together do not stay together.
  static Instant afterRound(FeedRules rules, Instant now, Entropy entropy) {
    var tenth = rules.interval().dividedBy(10);
    return now.plus(rules.interval()).minus(tenth).plus(part(tenth.multipliedBy(2), entropy));
  }

  /// After a failure: twice as long after each, from half of it to all of it. A product that says
  /// when it wants to be asked again is not asked sooner, but waits at most a day for us. With a
  /// wrong credential it is asked rarely, since some lock accounts that fail often.
  ///
  /// @param times how often it failed in a row, this time included
  static Instant afterFailure(
      Reason reason, int times, Optional<Instant> wish, Instant now, Entropy entropy) {
    var backOff =
        switch (reason) {
          case CURSOR_EXPIRED ->
              times > 1 ? doubled(FIRST_RETRY, times, LONGEST_RETRY) : Duration.ZERO;
          case DOWN, THROTTLED, GARBAGE -> doubled(FIRST_RETRY, times, LONGEST_RETRY);
          case CREDENTIAL -> doubled(FIRST_CREDENTIAL_RETRY, times, LONGEST_CREDENTIAL_RETRY);
        };
    var half = backOff.dividedBy(2);
    var own = now.plus(half).plus(part(half, entropy));
    var latest = now.plus(LONGEST_WISH);
    var wished = wish.map(at -> at.isAfter(latest) ? latest : at).orElse(own);
    return wished.isAfter(own) ? wished : own;
  }

  private static Duration doubled(Duration first, int times, Duration most) {
    var longer = first.multipliedBy(1L << Math.min(Math.max(times - 1, 0), MOST_DOUBLINGS));
    return longer.compareTo(most) > 0 ? most : longer;
  }

  /// A random part of a duration, in milliseconds.
  private static Duration part(Duration whole, Entropy entropy) {
    long most = whole.toMillis();
    if (most <= 0) return Duration.ZERO;
    return Duration.ofMillis(
        Math.floorMod(ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong(), most + 1));
  }
}

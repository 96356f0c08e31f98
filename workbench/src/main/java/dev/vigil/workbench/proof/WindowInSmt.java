// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Window;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Windows of time as terms over the time of the request. Exact wherever the zone's clock goes on
/// steadily. In the days around a change of the clock, and in years whose changes nobody has
/// settled yet, being inside is left open either way: what is proved holds for both.
final class WindowInSmt {

  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /// Before and after these there are no days in the engine, and nothing is inside.
  private static final Duration WITHOUT_DAYS = Duration.ofDays(100_000);

  private static final Instant FIRST_WITH_DAYS = Instant.MIN.plus(WITHOUT_DAYS).plusSeconds(1);
  private static final Instant FIRST_WITHOUT =
      Instant.ofEpochSecond(Instant.MAX.getEpochSecond()).minus(WITHOUT_DAYS);
  private static final Duration AROUND_A_CHANGE = Duration.ofDays(3);
  private static final BigInteger DAY = nanos(Duration.ofDays(1));

  private final Window window;
  private final List<Steady> steady;

  /// A time through which a zone's clock goes on steadily.
  private record Steady(Instant from, Instant to, ZoneOffset offset) {

    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  WindowInSmt(Window window) {
    this.window = window;
    this.steady = steady(window);
  }

  private static List<Steady> steady(Window window) {
    var rules = window.zone().getRules();
    if (rules.isFixedOffset())
      return List.of(new Steady(Instant.MIN, Instant.MAX, rules.getOffset(FIRST)));
    var steady = new ArrayList<Steady>();
    var from = FIRST;
    while (from.isBefore(LAST)) {
      var next = rules.nextTransition(from);
      var to = next == null ? Instant.MAX : next.getInstant();
      var begin = from.plus(AROUND_A_CHANGE);
      var end = next == null ? to : to.minus(AROUND_A_CHANGE);
      if (begin.isBefore(end)) steady.add(new Steady(begin, end, rules.getOffset(from)));
      from = to;
    }
    return steady;
  }

  /// Whether the clock goes on steadily at a time, so that the term says exactly what the engine
  /// does.
  boolean isExactAt(Instant time) {
    return steady.stream().anyMatch(one -> one.covers(time)) || isOutside(time);
  }

  private boolean isOutside(Instant time) {
    return time.isBefore(begins()) || !time.isBefore(ends());
  }

  private Instant begins() {
    return window.starts().isAfter(FIRST_WITH_DAYS) ? window.starts() : FIRST_WITH_DAYS;
  }

  private Instant ends() {
    return window.ends().isBefore(FIRST_WITHOUT) ? window.ends() : FIRST_WITHOUT;
  }

  /// That the request is inside.
  ///
  /// @param open a truth value that nothing is known of
  String inside(String open) {
    var parts = new ArrayList<String>();
    parts.add(Smt.call("<=", number(begins()), Symbols.AT));
    parts.add(Smt.call("<", Symbols.AT, number(ends())));
    parts.add(steady.isEmpty() ? open : among(0, steady.size(), open));
    return Smt.and(parts);
  }

  /// Finds the steady time by halves.
  private String among(int from, int to, String open) {
    if (to - from > 1) {
      int middle = (from + to) / 2;
      return Smt.choose(
          Smt.call("<", Symbols.AT, number(steady.get(middle).from)),
          among(from, middle, open),
          among(middle, to, open));
    }
    var one = steady.get(from);
    if (one.from.equals(Instant.MIN)) return inWeek(one.offset);
    var during =
        Smt.and(
            Smt.call("<=", number(one.from), Symbols.AT),
            Smt.call("<", Symbols.AT, number(one.to)));
    return Smt.choose(during, inWeek(one.offset), open);
  }

  private String inWeek(ZoneOffset offset) {
    var local =
        Smt.call("+", Symbols.AT, Smt.number(nanos(Duration.ofSeconds(offset.getTotalSeconds()))));
    var time = Smt.call("mod", local, Smt.number(DAY));
    // 1970 began on a Thursday; Monday is 0.
    var day = Smt.call("mod", Smt.call("+", Smt.call("div", local, Smt.number(DAY)), "3"), "7");
    var parts = new ArrayList<String>();
    for (var begins : DayOfWeek.values()) {
      if (!window.days().contains(begins)) continue;
      var late = Smt.call("<=", number(window.from()), time);
      var early = Smt.call("<", time, number(window.to()));
      if (window.to().isAfter(window.from())) {
        parts.add(Smt.and(on(begins, day), late, early));
      } else {
        parts.add(Smt.and(on(begins, day), late));
        parts.add(Smt.and(on(begins.plus(1), day), early));
      }
    }
    return Smt.or(parts);
  }

  private static String on(DayOfWeek weekday, String day) {
    return Smt.equal(day, Smt.number(weekday.getValue() - 1L));
  }

  private static String number(Instant time) {
    return Smt.number(Carrier.nanos(time));
  }

  private static String number(LocalTime time) {
    return Smt.number(time.toNanoOfDay());
  }

  private static BigInteger nanos(Duration duration) {
    return Carrier.DURATION.of(duration);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Window;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/// Says windows of time to the solver: stretches of a week that comes back. Only zones whose offset
/// never changes have such a week.
final class WindowInSmt {

  private static final BigInteger WEEK = nanos(Duration.ofDays(7));

  /// 1970 began on a Thursday.
  private static final Duration SINCE_MONDAY = Duration.ofDays(3);

  private WindowInSmt() {}

  /// @throws Outside.Reached if the zone's offset changes
  static Three inside(Condition.During during) {
    var window = during.window();
    if (!window.zone().getRules().isFixedOffset())
      throw new Outside.Reached(
          "the window `" + during.name() + "`, as the offset of its time zone changes");
    var parts = new ArrayList<String>();
    if (!window.starts().equals(Instant.MIN))
      parts.add(Smt.call("<=", Smt.number(Carrier.nanos(window.starts())), Symbols.AT));
    if (!window.ends().equals(Instant.MAX))
      parts.add(Smt.call("<", Symbols.AT, Smt.number(Carrier.nanos(window.ends()))));
    parts.add(
        Smt.or(
            window.days().stream()
                .sorted()
                .flatMap(day -> stretches(day, window).stream())
                .toList()));
    var holds = Smt.and(parts);
    return new Three(holds, Smt.not(holds));
  }

  /// The stretch that begins on a day; what runs over the end of the week is two.
  private static List<String> stretches(DayOfWeek day, Window window) {
    var begin = nanos(Duration.ofDays(day.getValue() - 1L)).add(nanos(window.from()));
    var lastDay = window.to().isAfter(window.from()) ? day.getValue() - 1L : day.getValue();
    var last = nanos(Duration.ofDays(lastDay)).add(nanos(window.to())).subtract(BigInteger.ONE);
    var inWeek = inWeek(window);
    var within = Smt.between(inWeek, begin, last);
    return last.compareTo(WEEK) < 0
        ? List.of(within)
        : List.of(within, Smt.between(inWeek, BigInteger.ZERO, last.subtract(WEEK)));
  }

  private static String inWeek(Window window) {
    var offset = window.zone().getRules().getOffset(Instant.EPOCH).getTotalSeconds();
    var local = nanos(SINCE_MONDAY.plusSeconds(offset));
    return Smt.call("mod", Smt.call("+", Symbols.AT, Smt.number(local)), Smt.number(WEEK));
  }

  private static BigInteger nanos(Duration duration) {
    return Carrier.DURATION.of(duration);
  }

  private static BigInteger nanos(LocalTime time) {
    return BigInteger.valueOf(time.toNanoOfDay());
  }
}

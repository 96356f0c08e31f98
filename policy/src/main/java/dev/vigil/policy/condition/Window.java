// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/// A stretch of time that comes back every week, such as office hours, in a time zone and perhaps
/// between two dates.
///
/// @param days the days on which a stretch begins, never empty
/// @param from when it begins
/// @param to when it ends; not after `from` means on the next day
/// @param zone the time zone of both; what daylight saving leaves out begins later, as
///   [java.time.ZonedDateTime] resolves it
/// @param starts before this it is never inside; [Instant#MIN] if without limit
/// @param ends from this on it is never inside; [Instant#MAX] if without limit
public record Window(
    Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, Instant starts, Instant ends) {

  private static final int DAYS_AHEAD = 8;

  public Window {
    if (days.isEmpty()) throw new IllegalArgumentException("a window needs a day");
    days = Set.copyOf(days);
  }

  /// Every day, all day long, in a zone.
  public static Window always(ZoneId zone) {
    return new Window(
        EnumSet.allOf(DayOfWeek.class),
        LocalTime.MIDNIGHT,
        LocalTime.MIDNIGHT,
        zone,
        Instant.MIN,
        Instant.MAX);
  }

  /// Whether a time is inside, and how long that stays so.
  ///
  /// @param since the earliest time looked at from which it was so
  /// @param until when it may turn; [Instant#MAX] if never
  public record State(boolean inside, Instant since, Instant until) {

    boolean covers(Instant at) {
      return !at.isBefore(since) && at.isBefore(until);
    }
  }

  /// The state at a time. At the ends of all time, where there are no days, it is never inside.
  public State at(Instant time) {
    if (!Evaluation.hasDays(time)) return new State(false, time, Instant.MAX);
    if (!time.isBefore(ends)) return new State(false, ends, Instant.MAX);
    if (time.isBefore(starts)) return new State(false, time, starts);
    var state = ofTheWeek(time);
    var since = later(state.since, starts);
    return new State(state.inside, since, state.until.isBefore(ends) ? state.until : ends);
  }

  /// Looks at every stretch that could cover the time or be the next to begin.
  private State ofTheWeek(Instant time) {
    var today = time.atZone(zone).toLocalDate();
    var until = Instant.MAX;
    for (int i = -1; i <= DAYS_AHEAD; i++) {
      var day = today.plusDays(i);
      if (!days.contains(day.getDayOfWeek())) continue;
      var begin = day.atTime(from).atZone(zone).toInstant();
      var end = end(day);
      if (!time.isBefore(begin) && time.isBefore(end)) return inside(day, begin, end);
      if (time.isBefore(begin)) {
        until = begin;
        break;
      }
    }
    return new State(false, time, until);
  }

  /// A stretch that ends where the next begins does not turn there; after a week it is looked at
  /// anew.
  private State inside(LocalDate day, Instant begin, Instant end) {
    var until = end;
    for (int i = 1; i <= DAYS_AHEAD; i++) {
      var next = day.plusDays(i);
      if (!days.contains(next.getDayOfWeek())
          || next.atTime(from).atZone(zone).toInstant().isAfter(until)) break;
      until = end(next);
    }
    return new State(true, begin, until);
  }

  private Instant end(LocalDate day) {
    return (to.isAfter(from) ? day : day.plusDays(1)).atTime(to).atZone(zone).toInstant();
  }

  private static Instant later(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }
}

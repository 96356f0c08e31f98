// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A window of time: on each of its days it begins at `from` and ends at the next `to`.
///
/// @param first the first day on which it is open
/// @param last the last
record Stretch(
    List<DayOfWeek> days,
    LocalTime from,
    LocalTime to,
    ZoneId zone,
    Optional<LocalDate> first,
    Optional<LocalDate> last) {

  boolean covers(Instant at) {
    var today = at.atZone(zone).toLocalDate();
    if (first.isPresent() && today.isBefore(first.get())) return false;
    if (last.isPresent() && today.isAfter(last.get())) return false;
    return LongStream.rangeClosed(-2, 1)
        .mapToObj(today::plusDays)
        .filter(day -> days.contains(day.getDayOfWeek()))
        .anyMatch(day -> !at.isBefore(begin(day)) && at.isBefore(end(day)));
  }

  private Instant begin(LocalDate day) {
    return day.atTime(from).atZone(zone).toInstant();
  }

  private Instant end(LocalDate day) {
    var endsOn = to.isAfter(from) ? day : day.plusDays(1);
    return endsOn.atTime(to).atZone(zone).toInstant();
  }

  /// Every time from the day before on at which it might turn.
  Stream<Instant> turns(Instant at) {
    var today = at.atZone(zone).toLocalDate();
    return Stream.concat(
        LongStream.rangeClosed(-2, 10)
            .mapToObj(today::plusDays)
            .flatMap(day -> Stream.of(begin(day), end(day))),
        Stream.of(first, last.map(day -> day.plusDays(1)))
            .flatMap(Optional::stream)
            .map(day -> day.atStartOfDay(zone).toInstant()));
  }

  String written() {
    return "{days: "
        + days.stream()
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "[", "]"))
        + ", from: \""
        + from
        + "\", to: \""
        + to
        + "\", zone: "
        + zone
        + first.map(day -> ", starts: " + day).orElse("")
        + last.map(day -> ", ends: " + day).orElse("")
        + "}";
  }
}

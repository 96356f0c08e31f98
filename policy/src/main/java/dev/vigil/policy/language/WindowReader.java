// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.condition.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads windows of time.
final class WindowReader {

  private static final Set<String> KEYS = Set.of("days", "from", "to", "zone", "starts", "ends");
  private static final Map<String, String> HINTS =
      Map.of(
          "timezone", "say `zone`",
          "start", "say `from` for a time of day, `starts` for a date",
          "end", "say `to` for a time of day, `ends` for a date");
  private static final Map<String, DayOfWeek> DAYS = days();

  private final Report report;

  WindowReader(Report report) {
    this.report = report;
  }

  private static Map<String, DayOfWeek> days() {
    var days = new LinkedHashMap<String, DayOfWeek>();
    for (var day : DayOfWeek.values())
      days.put(day.name().substring(0, 3).toLowerCase(java.util.Locale.ROOT), day);
    return days;
  }

  Optional<Window> read(Yaml body) {
    var fields = Fields.of(body, "a window", KEYS, HINTS, report);
    fields.require("zone", "Europe/Zurich");
    var zone = zone(fields);
    if (zone.isEmpty()) return Optional.empty();
    var starts = date(fields, "starts", zone.get(), 0).orElse(Instant.MIN);
    var ends = date(fields, "ends", zone.get(), 1).orElse(Instant.MAX);
    if (!starts.isBefore(ends))
      report.problem(
          fields.placeOf("ends"),
          "the window ends before it starts",
          "nothing would ever be inside",
          "correct `starts` or `ends`");
    return Optional.of(
        new Window(
            daysOf(fields), time(fields, "from"), time(fields, "to"), zone.get(), starts, ends));
  }

  private Set<DayOfWeek> daysOf(Fields fields) {
    if (!fields.has("days")) return EnumSet.allOf(DayOfWeek.class);
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var word : fields.listed("days", List.copyOf(DAYS.keySet()))) {
      var day = DAYS.get(word);
      if (day != null) days.add(day);
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  private Optional<ZoneId> zone(Fields fields) {
    var written = fields.scalar("zone");
    if (written.isEmpty()) return Optional.empty();
    if (ZoneId.getAvailableZoneIds().contains(written.get().text()))
      return Optional.of(ZoneId.of(written.get().text()));
    report.problem(
        written.get().place(),
        "there is no time zone `" + written.get().text() + "`",
        "zones are those of the IANA database",
        "write it like `Europe/Zurich` or `UTC`");
    return Optional.empty();
  }

  private LocalTime time(Fields fields, String key) {
    var written = fields.scalar(key);
    if (written.isEmpty()) return LocalTime.MIDNIGHT;
    try {
      return LocalTime.parse(written.get().text());
    } catch (DateTimeException e) {
      report.problem(
          written.get().place(),
          "`" + key + "` cannot be `" + written.get().text() + "`",
          "it is a time of day",
          "write it in quotes, as in `" + key + ": \"08:00\"`");
      return LocalTime.MIDNIGHT;
    }
  }

  /// A date, as the moment it begins in the zone, so many days later.
  private Optional<Instant> date(Fields fields, String key, ZoneId zone, int later) {
    var written = fields.scalar(key);
    if (written.isEmpty()) return Optional.empty();
    try {
      var date = LocalDate.parse(written.get().text());
      return Optional.of(date.plusDays(later).atStartOfDay(zone).toInstant());
    } catch (DateTimeException e) {
      report.problem(
          written.get().place(),
          "`" + key + "` cannot be `" + written.get().text() + "`",
          "it is a date; the window is open on the first and the last day",
          "write year, month and day, as in `" + key + ": 2026-09-01`");
      return Optional.empty();
    }
  }
}

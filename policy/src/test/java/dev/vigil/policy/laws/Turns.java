// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every time at which anything that a policy says of a world might turn, and times between.
final class Turns {

  private Turns() {}

  static Stream<Instant> of(Model model, World world) {
    var turns =
        Stream.of(
                model.windows().values().stream().flatMap(window -> window.turns(world.at())),
                world.facts().values().stream()
                    .flatMap(
                        known -> Vocabulary.AGES.stream().map(age -> known.observed().plus(age))),
                world.facts().values().stream().flatMap(known -> since(known.value())),
                Stream.of("2026-11-22T10:00:00Z", "2026-11-23T06:59:59.5Z", "2026-11-24T00:00:00Z")
                    .map(Instant::parse),
                midnights(world.at()))
            .flatMap(times -> times)
            .distinct()
            .sorted()
            .toList();
    return turns.stream().flatMap(time -> Stream.of(time.minusNanos(1), time, time.plusNanos(1)));
  }

  private static Stream<Instant> since(Object value) {
    var then =
        switch (value) {
          case Instant time -> Stream.of(time);
          case LocalDate day -> Stream.of(day.atStartOfDay(ZoneOffset.UTC).toInstant());
          default -> Stream.<Instant>empty();
        };
    return then.flatMap(time -> Vocabulary.AGO.stream().map(time::plus));
  }

  /// A fix that renews a date makes it the day's.
  private static Stream<Instant> midnights(Instant at) {
    var today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return IntStream.range(0, 4)
        .mapToObj(i -> today.plusDays(i).atStartOfDay(ZoneOffset.UTC).toInstant())
        .flatMap(start -> Stream.of(start, start.plus(Duration.ofHours(1))));
  }
}

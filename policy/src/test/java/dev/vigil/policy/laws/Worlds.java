// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.kernel.EvidenceTier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes worlds, and worlds like them.
final class Worlds {

  /// Ordinary hours, and those in which clocks are set.
  private static final List<Instant> TIMES =
      Stream.of(
              "2026-11-22T10:00:00Z",
              "2026-11-23T06:59:59.5Z",
              "2026-11-20T17:00:00Z",
              "2026-10-25T00:30:00Z",
              "2026-10-25T01:15:00Z",
              "2026-03-29T01:00:00Z",
              "2026-12-31T22:59:59.999999999Z")
          .map(Instant::parse)
          .toList();

  private final Dice dice;

  Worlds(long seed) {
    dice = new Dice(seed);
  }

  World world() {
    var at =
        dice.oneIn(3)
            ? dice.of(TIMES)
            : Vocabulary.NOW.plusSeconds(dice.below(8 * 86_400)).minus(Duration.ofDays(4));
    var facts = new TreeMap<String, World.Known>();
    int unknown = dice.among(4, 12, 40);
    Vocabulary.VALUES.forEach((name, values) -> {
      if (!dice.oneIn(unknown)) facts.put(name, known(values, at));
    });
    return new World(facts, at);
  }

  private World.Known known(List<Object> values, Instant at) {
    var ago =
        dice.oneIn(3)
            ? Duration.ofMinutes(5L * dice.below(13))
            : Duration.ofSeconds(dice.below(40_000) - 60);
    return new World.Known(dice.of(values), dice.of(List.of(EvidenceTier.values())), at.minus(ago));
  }

  /// True once in so many times.
  boolean picks(int oneIn) {
    return dice.oneIn(oneIn);
  }

  /// The same world with less known: facts missing, evidence older or worth less.
  World less(World world) {
    var less = world;
    for (var name : world.facts().keySet()) {
      var known = Objects.requireNonNull(world.facts().get(name));
      less =
          switch (dice.below(10)) {
            case 0, 1 -> less.without(name);
            case 2 ->
                less.with(
                    name, new World.Known(known.value(), EvidenceTier.REPORTED, known.observed()));
            case 3 ->
                less.with(
                    name,
                    new World.Known(
                        known.value(),
                        known.tier(),
                        known.observed().minusSeconds(dice.below(40_000))));
            default -> less;
          };
    }
    return less;
  }

  /// The same world with one fact different, missing or new.
  World changed(World world, String name) {
    return dice.oneIn(3)
        ? world.without(name)
        : world.with(name, known(Objects.requireNonNull(Vocabulary.VALUES.get(name)), world.at()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import static org.assertj.core.api.Assertions.fail;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// Tries a law on pairs of a policy and a world, made from seeds. What breaks it is made as small
/// as it can be and printed. `-Dvigil.seed=<number>` tries one policy again, `-Dvigil.full=true`
/// tries many more.
final class Pairs {

  static final int WORLDS = 50;

  private static final Map<Long, Optional<Case>> CASES = new ConcurrentHashMap<>();

  private Pairs() {}

  /// A policy, compiled.
  record Case(Model model, CompiledPolicySet set) {

    /// Empty if the policy is refused, as its restrictions leave nothing to do.
    static Optional<Case> of(Model model) {
      return switch (PolicyReader.read(
          List.of(new PolicySource("generated.yaml", Written.of(model))), 1)) {
        case Reading.Loaded loaded -> Optional.of(new Case(model, loaded.set()));
        case Reading.Rejected _ -> Optional.empty();
      };
    }
  }

  /// What must hold for every policy and world.
  interface Law {

    /// What is wrong, if anything is.
    ///
    /// @param more makes other worlds; the same ones if asked again
    Optional<String> complaint(Case given, World world, Worlds more);

    /// Whether it says anything about such policies.
    default boolean concerns(Model model) {
      return !model.equals(Model.NOTHING);
    }
  }

  static boolean full() {
    return Boolean.getBoolean("vigil.full");
  }

  /// How many policies are made.
  ///
  /// @param inFull in a full run
  record Count(long usually, long inFull) {

    Count(long usually) {
      this(usually, 10 * usually);
    }

    long here() {
      return full() ? inFull : usually;
    }
  }

  /// Tries a law on policies, each with [#WORLDS] worlds; answers how many pairs there were.
  static long hold(Count policies, Law law) {
    var one = Optional.ofNullable(Long.getLong("vigil.seed"));
    var pairs = new AtomicLong();
    LongStream.rangeClosed(one.orElse(1L), one.orElse(policies.here()))
        .parallel()
        .forEach(seed -> pairs.addAndGet(tried(seed, law)));
    return pairs.get();
  }

  private static long tried(long seed, Law law) {
    var model = Policies.of(seed);
    if (!law.concerns(model)) return 0;
    var made = full() ? Case.of(model) : CASES.computeIfAbsent(seed, s -> Case.of(model));
    if (made.isEmpty()) return 0;
    var worlds = new Worlds(seed * 31 + 7);
    for (int i = 0; i < WORLDS; i++) {
      var world = worlds.world();
      long own = seed * 1_000_003 + i;
      if (law.complaint(made.get(), world, new Worlds(own)).isPresent())
        fail(told(seed, own, law, model, world));
    }
    return WORLDS;
  }

  private static String told(long seed, long own, Law law, Model model, World world) {
    var smallest =
        Shrinker.smallest(
            new Shrinker.Pair(model, world),
            pair ->
                Case.of(pair.model())
                    .flatMap(c -> law.complaint(c, pair.world(), new Worlds(own))));
    return "-Dvigil.seed=%d\n%s\n\n%s\n\n%s"
        .formatted(
            seed,
            Written.of(smallest.pair().model()),
            smallest.pair().world(),
            smallest.complaint());
  }
}

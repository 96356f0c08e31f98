// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.proof.RandomPolicies.Written;
import dev.vigil.workbench.request.Given;
import dev.vigil.workbench.request.RequestDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The solver and the engine come to the same: on generated policies and requests, conditions,
/// access and every restriction. One seed is tried again with `-Dvigil.seed=<number>`; many more
/// with `-Dvigil.full=true`.
class AgreementTest {

  private static final int POLICIES = Boolean.getBoolean("vigil.full") ? 4000 : 40;
  private static final int REQUESTS = 12;

  private final Set<String> outcomes = new TreeSet<>();

  @Test
  void the_solver_decides_as_the_engine_does() {
    try (var solver = Solver.within(Scenes.LIMITS)) {
      var one = Long.getLong("vigil.seed");
      int tried = 0;
      for (long seed = one == null ? 1 : one; tried < (one == null ? POLICIES : 1); seed++)
        if (agree(seed, solver)) tried++;
      assertThat(solver.starts()).as("one process answers all").isEqualTo(1);
    }
    if (Long.getLong("vigil.seed") == null)
      assertThat(outcomes).contains("granted", "restricted", "not granted");
  }

  /// Whether there was anything to compare: policies that contradict themselves are refused when
  /// read.
  private boolean agree(long seed, Solver solver) {
    var random = new Random(seed);
    var rules = new RandomPolicies(random).next();
    var set = read(rules);
    if (set.isEmpty()) return false;
    var agreement = new Agreement(solver, set.get(), List.of());
    var requests = agreement.requests(random);
    for (int i = 0; i < REQUESTS; i++) {
      var tried = new Tried(requests.next(), requests.at());
      outcomes.add(outcome(set.get(), tried));
      if (agreement.difference(tried.given, tried.at).isPresent())
        explain(seed, rules, tried, solver);
    }
    return true;
  }

  private static Optional<CompiledPolicySet> read(List<Written> rules) {
    var source = new PolicySource("generated.yaml", RandomPolicies.text(rules));
    return switch (PolicyReader.read(List.of(source), 1)) {
      case Reading.Loaded loaded -> Optional.of(loaded.set());
      case Reading.Rejected rejected -> {
        assertThat(rejected.problems())
            .as(source.text())
            .allMatch(problem -> problem.what().endsWith("leave nothing to do"));
        yield Optional.empty();
      }
    };
  }

  private record Tried(Given given, Instant at) {}

  private static String outcome(CompiledPolicySet set, Tried tried) {
    var decision = set.decide(tried.given.at(tried.at));
    if (!decision.allows()) return "not granted";
    return Property.Outcome.UNRESTRICTED.of(decision) ? "granted" : "restricted";
  }

  /// Fails with as few rules and facts as still make them differ.
  private static void explain(long seed, List<Written> rules, Tried tried, Solver solver) {
    var least = new ArrayList<>(rules);
    for (var rule : rules) {
      var less = new ArrayList<>(least);
      less.remove(rule);
      if (differ(less, tried, solver).isPresent()) least.remove(rule);
    }
    var agreement = new Agreement(solver, read(least).orElseThrow(), List.of());
    var smallest = agreement.shrunk(tried.given, tried.at);
    fail(
        "seed %d\n%s\n%s\n%s",
        seed,
        RandomPolicies.text(least),
        RequestDocument.write(smallest.at(tried.at)),
        agreement.difference(smallest, tried.at));
  }

  private static Optional<String> differ(List<Written> rules, Tried tried, Solver solver) {
    return read(rules)
        .flatMap(set -> new Agreement(solver, set, List.of()).difference(tried.given, tried.at));
  }
}

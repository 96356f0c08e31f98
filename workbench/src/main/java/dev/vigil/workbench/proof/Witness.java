// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Fact;
import dev.vigil.workbench.request.Given;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A request that the solver found, held against the engine: only what the engine confirms is
/// shown, and of that only what matters.
final class Witness {

  private final Predicate<AccessRequest> confirms;

  /// @param confirms whether the engine finds of a request what the solver found
  Witness(Predicate<AccessRequest> confirms) {
    this.confirms = confirms;
  }

  /// What the engine said.
  sealed interface Checked {

    /// It agrees, also about this request, which states as little as possible.
    record Confirmed(AccessRequest request) implements Checked {}

    /// It does not agree: one of the two is wrong.
    record Denied(AccessRequest request) implements Checked {}
  }

  Checked check(RequestFromModel.Found found) {
    if (!confirms.test(found.given().at(found.at())))
      return new Checked.Denied(found.given().at(found.at()));
    var least = new LinkedHashMap<>(found.given().facts());
    for (var fact : List.copyOf(least.keySet())) {
      for (var simpler : simpler(fact, least)) {
        if (!confirms.test(new Given(simpler).at(found.at()))) continue;
        least.clear();
        least.putAll(simpler);
        break;
      }
    }
    return new Checked.Confirmed(new Given(least).at(found.at()));
  }

  /// The same without a fact, or with the most ordinary evidence for it.
  private static List<Map<Fact, Given.Stated>> simpler(Fact fact, Map<Fact, Given.Stated> facts) {
    var without = new LinkedHashMap<>(facts);
    without.remove(fact);
    var ordinary = new LinkedHashMap<>(facts);
    ordinary.computeIfPresent(
        fact,
        (same, stated) ->
            new Given.Stated(
                stated.value(), EvidenceTier.OBSERVED, new Given.Age.Ago(Duration.ZERO)));
    return List.of(without, ordinary);
  }
}

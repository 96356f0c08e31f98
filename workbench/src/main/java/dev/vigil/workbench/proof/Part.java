// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A part of all requests.
///
/// @param name the value that a fact has in all of them; empty for those where it has another or
///   none
record Part(Optional<String> name, Condition condition) {

  private static final Fact APP = FactsSchema.standard().find("app.id").orElseThrow();
  private static final Fact POPULATION =
      FactsSchema.standard().find("subject.population").orElseThrow();

  static Fact app() {
    return APP;
  }

  /// All requests by app: those that are named, then all others.
  static List<Part> apps(Collection<String> named) {
    return by(APP, named);
  }

  /// All requests by population, then those where it is unknown.
  static List<Part> populations() {
    return by(POPULATION, POPULATION.allowed().stream().sorted().toList());
  }

  private static List<Part> by(Fact fact, Collection<String> values) {
    var parts = new ArrayList<Part>();
    for (var value : values)
      parts.add(
          new Part(
              Optional.of(value),
              new Condition.Compare(
                  new Term.Read(fact), Comparison.EQUAL, new Term.Literal(value))));
    var among = new Condition.Member(new Term.Read(fact), new Term.Literal(Set.copyOf(values)));
    parts.add(
        new Part(
            Optional.empty(),
            new Condition.Or(
                List.of(new Condition.Not(new Condition.Known(fact)), new Condition.Not(among)))));
    return parts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.check;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.rule.AppScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which apps rules are about, compared.
final class Scopes {

  private Scopes() {}

  /// Whether the one is about every app that the other is about.
  static boolean covers(AppScope one, AppScope other) {
    return covers(one.ids(), other.ids())
        && covers(one.tags(), other.tags())
        && covers(one.sensitivities(), other.sensitivities());
  }

  private static boolean covers(Set<String> one, Set<String> other) {
    return one.isEmpty() || (!other.isEmpty() && one.containsAll(other));
  }

  /// What is known of the app of a request that a rule is about.
  static List<Condition> known(AppScope apps) {
    var known = new ArrayList<Condition>();
    if (!apps.ids().isEmpty()) known.add(oneOf("app.id", apps.ids()));
    if (!apps.sensitivities().isEmpty()) known.add(oneOf("app.sensitivity", apps.sensitivities()));
    return known;
  }

  private static Condition oneOf(String fact, Set<String> values) {
    return new Condition.Member(
        new Term.Read(FactsSchema.standard().find(fact).orElseThrow()), new Term.Literal(values));
  }
}

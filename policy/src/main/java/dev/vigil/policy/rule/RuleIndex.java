// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.condition.Evaluation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rules that may apply, by app: found once when the set is made, never looked for again.
final class RuleIndex {

  private final Map<String, Applicable> named = new HashMap<>();
  private final Applicable otherwise;
  private final Applicable unknown;

  /// The rules that may apply to one app, permits least restrictive first.
  record Applicable(
      List<Rule.Permit> permits,
      List<Rule.Guard> guards,
      List<Rule.Forbid> forbids,
      List<Strength> strengths) {}

  RuleIndex(Rules rules) {
    for (var rule : rules.all()) {
      for (var id : rule.apps().ids()) named.computeIfAbsent(id, app -> of(rules, app));
    }
    otherwise = of(rules, "");
    unknown = unsettled(rules);
  }

  private static Applicable of(Rules rules, String id) {
    return new Applicable(
        rules.permits().stream()
            .filter(r -> r.apps().names(id))
            .map(r -> r.placed(true))
            .sorted((a, b) -> Restrictions.LEAST_FIRST.compare(a.restrictions(), b.restrictions()))
            .toList(),
        rules.guards().stream().filter(r -> r.apps().names(id)).map(r -> r.placed(true)).toList(),
        rules.forbids().stream().filter(r -> r.apps().names(id)).map(r -> r.placed(true)).toList(),
        rules.strengths());
  }

  private static Applicable unsettled(Rules rules) {
    return new Applicable(
        rules.permits().stream()
            .map(r -> r.placed(false))
            .sorted((a, b) -> Restrictions.LEAST_FIRST.compare(a.restrictions(), b.restrictions()))
            .toList(),
        rules.guards().stream().map(r -> r.placed(false)).toList(),
        rules.forbids().stream().map(r -> r.placed(false)).toList(),
        rules.strengths());
  }

  /// The rules for the app that the request is about.
  Applicable of(Evaluation on) {
    return on.value(AppScope.ID) instanceof String id ? named.getOrDefault(id, otherwise) : unknown;
  }
}

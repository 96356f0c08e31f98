// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Sentence;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Mentions;
import dev.vigil.policy.condition.Truth;
import java.util.List;
import java.util.Optional;

/// Why a decision came out as it did: every rule with every condition, its truth value and the
/// values it mentions. For administrators, never for the person who asked.
public record Explanation(Decision decision, List<RuleView> rules) {

  /// What kind of rule.
  public enum Kind {
    PERMIT,
    GUARD,
    FORBID
  }

  /// One rule.
  ///
  /// @param app whether the request is about one of its apps
  /// @param applies whether it applied, after unknown was counted as its kind says
  public record RuleView(
      String name,
      Kind kind,
      Rule.Mode mode,
      Truth app,
      ConditionView when,
      boolean applies,
      List<RequirementView> requirements) {}

  /// One requirement, whether or not the rule applied.
  public record RequirementView(
      String name, ConditionView condition, Remedy remedy, Sentence text) {}

  /// One condition as written, what it came to and what it mentions.
  public record ConditionView(String written, Truth truth, List<Value> values) {}

  /// A fact at the time of the decision; empty if unknown.
  public record Value(Fact fact, Optional<Object> value, Optional<Evidence> evidence) {}

  static Explanation of(Decision decision, Rules rules, AccessRequest request) {
    var on = new Evaluation(request);
    return new Explanation(decision, rules.all().stream().map(rule -> view(rule, on)).toList());
  }

  private static RuleView view(Rule rule, Evaluation on) {
    var kind =
        switch (rule) {
          case Rule.Permit ignored -> Kind.PERMIT;
          case Rule.Guard ignored -> Kind.GUARD;
          case Rule.Forbid ignored -> Kind.FORBID;
        };
    var app = rule.apps().truth(on);
    var when = view(rule.when().text(), rule.when().condition(), on);
    boolean applies = rule.applies(on);
    return new RuleView(
        rule.name(),
        kind,
        rule.mode(),
        app,
        when,
        applies,
        rule.requirements().stream().map(r -> view(r, on)).toList());
  }

  private static RequirementView view(Requirement requirement, Evaluation on) {
    return new RequirementView(
        requirement.name(),
        view(requirement.written(), requirement.condition(), on),
        requirement.remedy(),
        requirement.text());
  }

  private static ConditionView view(String written, Condition condition, Evaluation on) {
    var values =
        Mentions.in(condition).stream()
            .map(fact ->
                new Value(
                    fact,
                    Optional.ofNullable(on.value(fact)),
                    Optional.ofNullable(on.evidence(fact))))
            .toList();
    return new ConditionView(written, condition.truth(on), values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.explain;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.Explanation;
import dev.vigil.policy.rule.Explanation.ConditionView;
import dev.vigil.policy.rule.Explanation.Kind;
import dev.vigil.policy.rule.Explanation.RequirementView;
import dev.vigil.policy.rule.Explanation.RuleView;
import dev.vigil.policy.rule.Rule;
import dev.vigil.workbench.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// All that led to a decision, with the values it was made of. Never for the person who asked.
public final class AdministratorView {

  private AdministratorView() {}

  /// The decision alone: outcome, deciding rules, reasons, steps, how long it stands.
  public static List<String> summary(Decision decision) {
    var basis = decision.basis();
    var lines = new ArrayList<String>();
    lines.add(Answer.of(decision).label());
    if (decision instanceof Decision.Allow allow && allow.obligations().restricts())
      lines.add("  restricted  " + Words.obligations(allow.obligations()));
    lines.add(
        "  decided by  "
            + (basis.deciding().isEmpty()
                ? "no permit applies (default deny)"
                : String.join(", ", basis.deciding())));
    for (var reason : basis.reasons())
      lines.add("  because     " + reason.rule() + " / " + reason.requirement());
    PersonView.steps(decision).forEach(step -> lines.add("  next step   " + Words.step(step)));
    if (!basis.validUntil().equals(Instant.MAX)) lines.add("  stands till " + basis.validUntil());
    lines.add(
        "  depends on  "
            + basis.dependsOn().stream()
                .map(Fact::qualifiedName)
                .sorted()
                .collect(Collectors.joining(", ")));
    return lines;
  }

  /// The decision, then every rule that is about the app or may be, and what it came to.
  public static List<String> lines(Explanation explanation) {
    var lines = new ArrayList<>(summary(explanation.decision()));
    int elsewhere = 0;
    for (var rule : explanation.rules()) {
      if (rule.app() == Truth.FALSE) elsewhere++;
      else rule(rule, lines);
    }
    lines.add("");
    if (elsewhere > 0)
      lines.add(elsewhere + (elsewhere == 1 ? " rule is" : " rules are") + " about other apps.");
    return lines;
  }

  private static void rule(RuleView rule, List<String> lines) {
    lines.add("");
    lines.add(
        Words.lower(rule.kind())
            + " "
            + rule.name()
            + (rule.mode() == Rule.Mode.REPORT ? " (only reported on)" : "")
            + ": "
            + came(rule));
    condition(rule.kind() == Kind.PERMIT ? "who" : "when", rule.when(), lines);
    if (rule.applies()) rule.requirements().forEach(one -> requirement(one, lines));
  }

  private static String came(RuleView rule) {
    if (!rule.applies()) return "does not apply";
    if (rule.kind() == Kind.FORBID) return "ends the matter";
    var guessed = rule.when().truth() == Truth.UNKNOWN || rule.app() == Truth.UNKNOWN;
    long unmet =
        rule.requirements().stream().filter(one -> one.condition().truth() != Truth.TRUE).count();
    return (guessed ? "applies, as it cannot be told that it does not" : "applies")
        + (unmet == 0 ? ", satisfied" : ", " + unmet + " unmet");
  }

  private static void requirement(RequirementView requirement, List<String> lines) {
    boolean met = requirement.condition().truth() == Truth.TRUE;
    lines.add("  " + (met ? "met    " : "unmet  ") + requirement.name());
    if (!met) condition("  requires", requirement.condition(), lines);
  }

  private static void condition(String label, ConditionView condition, List<String> lines) {
    lines.add(
        "  " + label + "  " + Words.written(condition) + "  -> " + Words.lower(condition.truth()));
    for (var value : condition.values())
      lines.add(
          "    " + Words.value(value) + value.evidence().map(AdministratorView::behind).orElse(""));
  }

  private static String behind(Evidence evidence) {
    return " (" + Words.lower(evidence.tier()) + " " + evidence.observed() + ")";
  }

  /// Why a decision is what it is, one line for each reason, with the values it was made of.
  public static List<String> reasons(Explanation explanation) {
    var reasons = explanation.decision().basis().reasons();
    if (reasons.isEmpty() && !explanation.decision().allows())
      return List.of("no permit applies (default deny)" + nearest(explanation));
    var lines = new ArrayList<String>();
    for (var reason : reasons)
      explanation.rules().stream()
          .filter(rule -> rule.name().equals(reason.rule()))
          .forEach(rule -> lines.add(reason(rule, reason)));
    if (explanation.decision().allows())
      lines.add("decided by " + String.join(", ", explanation.decision().basis().deciding()));
    return lines;
  }

  private static String reason(RuleView rule, Decision.Reason reason) {
    var condition =
        rule.requirements().stream()
            .filter(one -> one.name().equals(reason.requirement()))
            .map(RequirementView::condition)
            .findFirst()
            .orElse(rule.when());
    return rule.name()
        + (rule.kind() == Kind.FORBID ? "" : " / " + reason.requirement())
        + ": "
        + Words.values(condition);
  }

  private static String nearest(Explanation explanation) {
    return explanation.rules().stream()
        .filter(rule -> rule.kind() == Kind.PERMIT && rule.app() == Truth.TRUE)
        .map(rule -> "; " + rule.name() + ": " + Words.values(rule.when()))
        .collect(Collectors.joining());
  }
}

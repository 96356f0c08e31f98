// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Reason;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.explain.Words;
import dev.vigil.workbench.suite.CaseResult.Difference;
import dev.vigil.workbench.suite.Expectation.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Compares a decision with what a case expects of it.
final class Comparing {

  private final Decision came;
  private final List<Difference> differences = new ArrayList<>();

  private Comparing(Decision came) {
    this.came = came;
  }

  static CaseResult run(Case one, CompiledPolicySet set, Coverage coverage) {
    var explanation = set.explain(one.given());
    coverage.add(explanation);
    var comparing = new Comparing(explanation.decision());
    comparing.compare(one.expected());
    one.expected()
        .ifEnforced()
        .ifPresent(expected ->
            comparing.answer(
                "outcome if reported rules decided",
                expected,
                Answer.of(set.shadow(one.given()).together())));
    return comparing.differences.isEmpty()
        ? new CaseResult.Passed(one)
        : new CaseResult.Failed(one, comparing.differences, explanation);
  }

  private void compare(Expectation expected) {
    answer("outcome", expected.answer(), Answer.of(came));
    for (var rule : expected.deciding())
      if (!came.basis().deciding().contains(rule.text()))
        differ("deciding", rule.text(), list(came.basis().deciding()));
    expected.unmet().ifPresent(this::unmet);
    expected.steps().ifPresent(this::steps);
    if (expected.restrictions().isPresent() && came instanceof Decision.Allow allow) {
      var wanted = expected.restrictions().get();
      if (!wanted.equals(allow.obligations()))
        differ("restrictions", Words.obligations(wanted), Words.obligations(allow.obligations()));
    }
  }

  private void answer(String in, Answer expected, Answer answer) {
    if (expected != answer) differ(in, expected.label(), answer.label());
  }

  private void unmet(List<Named> expected) {
    var reasons = came.basis().reasons();
    boolean all = expected.stream().allMatch(name -> reasons.stream().anyMatch(r -> is(name, r)));
    boolean noOther =
        reasons.stream().allMatch(r -> expected.stream().anyMatch(name -> is(name, r)));
    if (!all || !noOther)
      differ(
          "unmet",
          list(expected.stream().map(Named::text).toList()),
          list(reasons.stream().map(Comparing::shown).toList()));
  }

  private static boolean is(Named name, Reason reason) {
    return name.text().equals(reason.requirement())
        || name.text().equals(reason.rule() + "/" + reason.requirement());
  }

  private static String shown(Reason reason) {
    return reason.rule().equals(reason.requirement())
        ? reason.rule()
        : reason.rule() + "/" + reason.requirement();
  }

  private void steps(List<WantedStep> expected) {
    var offered = offered();
    boolean all = expected.stream().allMatch(step -> offered.stream().anyMatch(step::matches));
    boolean noOther =
        offered.stream().allMatch(step -> expected.stream().anyMatch(one -> one.matches(step)));
    if (!all || !noOther)
      differ(
          "steps",
          list(expected.stream().map(WantedStep::shown).toList()),
          list(offered.stream().map(Words::step).toList()));
  }

  private List<Step> offered() {
    return switch (came) {
      case Decision.StepUp stepUp -> List.copyOf(stepUp.steps());
      case Decision.Remediate remediate -> remediate.steps();
      case Decision.Allow ignored -> List.of();
      case Decision.Deny ignored -> List.of();
    };
  }

  private static String list(Collection<String> words) {
    return words.isEmpty()
        ? "nothing"
        : words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }

  private void differ(String in, String expected, String instead) {
    differences.add(new Difference(in, expected, instead));
  }
}

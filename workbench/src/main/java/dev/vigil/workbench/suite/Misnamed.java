// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.language.Problem;
import dev.vigil.policy.rule.Requirement;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.suite.Expectation.Named;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds names in cases that the policies do not have.
final class Misnamed {

  private final Set<String> rules = new TreeSet<>();
  private final Set<String> reasons = new TreeSet<>();
  private final Report report = new Report();

  private Misnamed(Rules rules) {
    for (var rule : rules.all()) {
      this.rules.add(rule.name());
      switch (rule) {
        case Rule.Permit permit -> requirements(rule, permit.requirements());
        case Rule.Guard guard -> requirements(rule, guard.requirements());
        case Rule.Forbid forbid -> reasons.add(forbid.name());
      }
    }
  }

  private void requirements(Rule rule, List<Requirement> requirements) {
    for (var requirement : requirements) {
      reasons.add(requirement.name());
      reasons.add(rule.name() + "/" + requirement.name());
    }
  }

  static List<Problem> in(List<Case> cases, Rules rules) {
    var misnamed = new Misnamed(rules);
    for (var one : cases) {
      one.expected().deciding().forEach(name -> misnamed.check("rule", name, misnamed.rules));
      one.expected()
          .unmet()
          .ifPresent(names ->
              names.forEach(name -> misnamed.check("requirement", name, misnamed.reasons)));
    }
    return misnamed.report.problems();
  }

  private void check(String kind, Named name, Set<String> known) {
    if (!known.contains(name.text()))
      report.problem(
          name.place(),
          "there is no " + kind + " `" + name.text() + "`",
          "the policies do not have it",
          report.instead(name.text(), known));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Sentence;
import java.util.List;

/// What the rules come to at one time: a decision without how long it stands and on what it
/// depends.
sealed interface Verdict {

  /// What a denial tells the person.
  Sentence NOT_PERMITTED = Sentence.of("not permitted");

  Decision with(Standing standing);

  /// Whether the person at the phone would notice a difference.
  boolean sameAnswerAs(Verdict other);

  /// A requirement that is not met.
  record Unmet(String rule, Requirement requirement) {}

  /// How a basis is made of the rules that decided and the reasons.
  interface Standing {
    Decision.Basis basis(List<String> deciding, List<Decision.Reason> reasons);
  }

  /// Allowed, perhaps restricted.
  record Granted(List<String> deciding, Obligations obligations) implements Verdict {
    @Override
    public Decision with(Standing standing) {
      return new Decision.Allow(standing.basis(deciding, List.of()), obligations);
    }

    @Override
    public boolean sameAnswerAs(Verdict other) {
      return other instanceof Granted granted && obligations.equals(granted.obligations);
    }
  }

  /// Not yet: these steps would do.
  record Missing(List<Unmet> unmet, List<Decision.Step> steps) implements Verdict {
    @Override
    public Decision with(Standing standing) {
      var reasons =
          unmet.stream()
              .map(u ->
                  new Decision.Reason(u.rule(), u.requirement().name(), u.requirement().text()))
              .toList();
      var basis = standing.basis(unmet.stream().map(Unmet::rule).distinct().toList(), reasons);
      var authentications =
          steps.stream()
              .filter(Decision.Step.Authenticate.class::isInstance)
              .map(Decision.Step.Authenticate.class::cast)
              .toList();
      return authentications.size() == steps.size()
          ? new Decision.StepUp(basis, authentications)
          : new Decision.Remediate(basis, steps);
    }

    @Override
    public boolean sameAnswerAs(Verdict other) {
      return other instanceof Missing missing && steps.equals(missing.steps);
    }
  }

  /// No. The rules and requirements are for the record; the person is told one and the same thing.
  record Refused(List<String> forbids, List<Unmet> unmet) implements Verdict {
    @Override
    public Decision with(Standing standing) {
      var rules = forbids.isEmpty() ? unmet.stream().map(Unmet::rule).distinct().toList() : forbids;
      var reasons =
          forbids.isEmpty()
              ? unmet.stream()
                  .map(u -> new Decision.Reason(u.rule(), u.requirement().name(), NOT_PERMITTED))
                  .toList()
              : forbids.stream()
                  .map(rule -> new Decision.Reason(rule, rule, NOT_PERMITTED))
                  .toList();
      return new Decision.Deny(standing.basis(rules, reasons));
    }

    @Override
    public boolean sameAnswerAs(Verdict other) {
      return other instanceof Refused;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.explain;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What the person at the phone is told: conditions in the policy's own sentences and what to do;
/// never a value, a rule's name or a secret.
///
/// @param headline what came of it
/// @param sentences what is required of the person, none twice
/// @param steps what would let them in
public record PersonView(String headline, List<String> sentences, List<Step> steps) {

  public PersonView {
    sentences = List.copyOf(sentences);
    steps = List.copyOf(steps);
  }

  /// What is told of a decision.
  public static PersonView of(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow ->
          new PersonView(
              allow.obligations().restricts() ? "You are in, with restrictions." : "You are in.",
              List.of(),
              List.of());
      case Decision.StepUp ignored -> missing("Confirm that it is you.", decision);
      case Decision.Remediate ignored -> missing("Something must be put right first.", decision);
      case Decision.Deny ignored -> new PersonView("Not permitted.", List.of(), List.of());
    };
  }

  private static PersonView missing(String headline, Decision decision) {
    var sentences = new LinkedHashSet<String>();
    for (var step : steps(decision)) sentences.add(text(step));
    for (var reason : decision.basis().reasons()) sentences.add(reason.text().standard());
    sentences.remove("");
    return new PersonView(headline, List.copyOf(sentences), steps(decision));
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Fix fix -> fix.text().standard();
      case Step.Authenticate authenticate -> authenticate.text().standard();
    };
  }

  /// The steps that a decision offers.
  static List<Step> steps(Decision decision) {
    return switch (decision) {
      case Decision.StepUp(Decision.Basis ignored, List<Step.Authenticate> steps) ->
          List.copyOf(steps);
      case Decision.Remediate(Decision.Basis ignored, List<Step> steps) -> steps;
      case Decision.Allow ignored -> List.of();
      case Decision.Deny ignored -> List.of();
    };
  }

  /// On lines, for a terminal.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(headline);
    sentences.forEach(sentence -> lines.add("  - " + sentence));
    return lines;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Sentence;
import dev.vigil.workbench.explain.Words;
import java.time.Duration;
import java.util.Optional;

/// A step that a case expects to be offered.
public sealed interface WantedStep {

  /// Whether this is the step.
  boolean matches(Step step);

  /// As it is told when another step came.
  String shown();

  /// A fix by its code, or an authentication by its strength; `authenticate` for one of any
  /// strength, `transaction` for an approval of the action.
  record Word(String word) implements WantedStep {
    @Override
    public boolean matches(Step step) {
      return switch (step) {
        case Step.Fix fix -> fix.fix().equals(word);
        case Step.Authenticate authenticate ->
            switch (word) {
              case "authenticate" -> true;
              case "transaction" -> authenticate.transaction();
              default -> authenticate.strength().equals(word);
            };
      };
    }

    @Override
    public String shown() {
      return word;
    }
  }

  /// An authentication, exactly.
  ///
  /// @param strength empty if any will do
  /// @param maxAge empty if any age will do
  record Authentication(String strength, Optional<Duration> maxAge, boolean transaction)
      implements WantedStep {
    @Override
    public boolean matches(Step step) {
      return step instanceof Step.Authenticate authenticate
          && authenticate.strength().equals(strength)
          && authenticate.maxAge() == maxAge.map(Duration::toSeconds).orElse(-1L)
          && authenticate.transaction() == transaction;
    }

    @Override
    public String shown() {
      return Words.step(
          new Step.Authenticate(
              strength, maxAge.map(Duration::toSeconds).orElse(-1L), transaction, Sentence.NONE));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench;

import dev.vigil.audit.DecisionRecord;
import dev.vigil.policy.Decision;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a decision comes to in one word, best first.
public enum Answer {
  ALLOW,
  RESTRICTED,
  STEP_UP,
  REMEDIATE,
  DENY;

  /// The word, such as `step-up`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Every word.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Answer::label).toList();
  }

  /// The answer of this word.
  public static Optional<Answer> labelled(String word) {
    return Arrays.stream(values()).filter(answer -> answer.label().equals(word)).findFirst();
  }

  /// Whether the request goes through.
  public boolean grants() {
    return this == ALLOW || this == RESTRICTED;
  }

  /// The answer that a decision gives.
  public static Answer of(Decision decision) {
    return switch (decision) {
      case Decision.Allow allow -> allow.obligations().restricts() ? RESTRICTED : ALLOW;
      case Decision.StepUp ignored -> STEP_UP;
      case Decision.Remediate ignored -> REMEDIATE;
      case Decision.Deny ignored -> DENY;
    };
  }

  /// The answer that was recorded; empty if the policies were never asked.
  public static Optional<Answer> of(DecisionRecord.Outcome recorded) {
    return switch (recorded) {
      case ALLOW -> Optional.of(ALLOW);
      case RESTRICT -> Optional.of(RESTRICTED);
      case STEP_UP -> Optional.of(STEP_UP);
      case REMEDIATE -> Optional.of(REMEDIATE);
      case DENY -> Optional.of(DENY);
      case REJECTED -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.explain;

import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.rule.Explanation.ConditionView;
import dev.vigil.policy.rule.Explanation.Value;
import dev.vigil.workbench.request.FactText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Parts of decisions in words.
public final class Words {

  private Words() {}

  /// A duration as policies write it: `8h`, `1d12h`.
  public static String duration(Duration duration) {
    var text = new StringBuilder();
    if (duration.toDays() > 0) text.append(duration.toDays()).append('d');
    if (duration.toHoursPart() > 0) text.append(duration.toHoursPart()).append('h');
    if (duration.toMinutesPart() > 0) text.append(duration.toMinutesPart()).append('m');
    if (duration.toSecondsPart() > 0 || text.isEmpty())
      text.append(duration.toSecondsPart()).append('s');
    return text.toString();
  }

  /// What must be done, such as `authenticate passkey, at most 8h old`.
  public static String step(Step step) {
    return switch (step) {
      case Step.Fix fix -> "fix " + fix.fix();
      case Step.Authenticate authenticate ->
          "authenticate"
              + (authenticate.strength().isEmpty() ? "" : " " + authenticate.strength())
              + (authenticate.maxAge() < 0
                  ? ""
                  : ", at most " + duration(Duration.ofSeconds(authenticate.maxAge())) + " old")
              + (authenticate.transaction() ? ", approving exactly this action" : "");
    };
  }

  /// Restrictions, such as `read only, no download, at most 1h`.
  public static String obligations(Obligations obligations) {
    var parts = new ArrayList<String>();
    if (obligations.readOnly()) parts.add("read only");
    if (obligations.noDownload()) parts.add("no download");
    obligations.maximumAge().ifPresent(age -> parts.add("at most " + duration(age)));
    if (!obligations.methods().isEmpty())
      parts.add("only " + String.join(", ", obligations.methods().stream().sorted().toList()));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  /// A condition on one line: `device.rooted is true`.
  public static String values(ConditionView condition) {
    return condition.values().stream().map(Words::value).collect(Collectors.joining(", "));
  }

  /// A fact with its value and, where it is not the usual, what stands behind it.
  public static String value(Value value) {
    return value.fact().qualifiedName()
        + value.value().map(known -> " is " + shown(known)).orElse(" is unknown");
  }

  static String shown(Object value) {
    return value instanceof List<?> words
        ? words.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
        : FactText.of(value);
  }

  static String written(ConditionView condition) {
    return condition.written().replaceAll("\\s+", " ");
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.policy.Obligations;
import java.util.Locale;

/// A model as its author would have written it.
final class Written {

  private Written() {}

  static String of(Model model) {
    var text = new StringBuilder("location:\n  office: [127.0.66.0/24]\n");
    text.append("strength:\n");
    model
        .strengths()
        .forEach((name, s) ->
            text.append("  ")
                .append(name)
                .append(": {any_of: [")
                .append(String.join(", ", s.ways()))
                .append("], user_verified: ")
                .append(s.verified())
                .append("}\n"));
    if (!model.levels().isEmpty()) text.append("level:\n");
    model
        .levels()
        .forEach((name, condition) ->
            text.append("  ").append(name).append(": '").append(condition.cel()).append("'\n"));
    for (var kind : Model.Kind.values()) {
      var rules = model.rules().stream().filter(rule -> rule.kind() == kind).toList();
      if (!rules.isEmpty()) text.append(kind.name().toLowerCase(Locale.ROOT)).append(":\n");
      rules.forEach(rule -> rule(rule, text));
    }
    return text.toString();
  }

  private static void rule(Model.Rule rule, StringBuilder text) {
    text.append("  ")
        .append(rule.name())
        .append(":\n    app: ")
        .append(rule.apps().isEmpty() ? "any" : rule.apps())
        .append("\n");
    text.append(rule.kind() == Model.Kind.PERMIT ? "    who: '" : "    when: '")
        .append(rule.when().cel())
        .append("'\n");
    if (rule.report()) text.append("    mode: report\n");
    if (rule.skip()) text.append("    when_unknown: skip\n");
    if (!rule.requirements().isEmpty()) text.append("    require:\n");
    for (var requirement : rule.requirements()) requirement(requirement, text);
    if (rule.restrict().restricts()) restrict(rule.restrict(), text);
  }

  private static void requirement(Model.Requirement requirement, StringBuilder text) {
    text.append("      - text: do something\n");
    if (requirement.ask().isPresent()) {
      var ask = requirement.ask().get();
      ask.strength().ifPresent(s -> text.append("        strength: ").append(s).append("\n"));
      ask.maxAge()
          .ifPresent(age -> text.append("        max_age: ").append(age.toSeconds()).append("s\n"));
      if (ask.transaction()) text.append("        transaction: approved\n");
    } else {
      text.append("        if: |\n          ").append(requirement.condition().cel()).append("\n");
      requirement.fix().ifPresent(fix -> text.append("        fix: ").append(fix).append("\n"));
    }
  }

  private static void restrict(Obligations restrict, StringBuilder text) {
    text.append("    restrict:\n      read_only: ")
        .append(restrict.readOnly())
        .append("\n      no_download: ")
        .append(restrict.noDownload())
        .append("\n");
    restrict
        .maximumAge()
        .ifPresent(age -> text.append("      maximum_age: ").append(age.toSeconds()).append("s\n"));
    if (!restrict.methods().isEmpty())
      text.append("      methods: [").append(String.join(", ", restrict.methods())).append("]\n");
  }
}

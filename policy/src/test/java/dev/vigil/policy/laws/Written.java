// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.laws;

import dev.vigil.policy.Obligations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A model as its author would have written it, without what it does not use.
final class Written {

  private Written() {}

  static String of(Model model) {
    var rules = new StringBuilder();
    for (var kind : Model.Kind.values()) {
      var ofKind = model.rules().stream().filter(rule -> rule.kind() == kind).toList();
      if (!ofKind.isEmpty()) rules.append(kind.name().toLowerCase(Locale.ROOT)).append(":\n");
      ofKind.forEach(rule -> rule(rule, rules));
    }
    return named(model, rules.toString()) + rules;
  }

  /// What is named beside rules.
  private static String named(Model model, String rules) {
    var levels = new StringBuilder();
    model
        .levels()
        .forEach((name, condition) ->
            levels.append("  ").append(name).append(": '").append(condition.cel()).append("'\n"));
    var text = new StringBuilder();
    var all = levels + rules;
    var attributes =
        Vocabulary.ATTRIBUTES.entrySet().stream()
            .filter(e -> all.contains(e.getKey()))
            .map(e ->
                "  %s: {of: %s, type: %s%s}\n"
                    .formatted(
                        e.getValue().name(),
                        e.getValue().of().prefix(),
                        e.getValue().type().name().toLowerCase(Locale.ROOT),
                        e.getValue().allowed().isEmpty()
                            ? ""
                            : ", allowed: " + e.getValue().allowed()))
            .sorted()
            .collect(Collectors.joining());
    if (!attributes.isEmpty()) text.append("attribute:\n").append(attributes);
    if (all.contains("in_location")) text.append("location:\n  office: [127.0.66.0/24]\n");
    if (!model.windows().isEmpty()) text.append("window:\n");
    model.windows().forEach((name, w) -> text.append("  " + name + ": " + w.written() + "\n"));
    if (!model.strengths().isEmpty()) text.append("strength:\n");
    model.strengths().forEach((name, s) -> text.append("  " + name + ": " + strength(s) + "\n"));
    return text + (levels.isEmpty() ? "" : "level:\n" + levels);
  }

  private static String strength(Model.Strength strength) {
    return "{any_of: "
        + strength.ways()
        + (strength.methods().isEmpty() ? "" : ", methods: " + strength.methods())
        + strength.flags().stream()
            .map(flag -> ", " + flag.substring(flag.indexOf('.') + 1) + ": true")
            .collect(Collectors.joining())
        + "}";
  }

  private static void rule(Model.Rule rule, StringBuilder text) {
    text.append("  " + rule.name() + ":\n    app: " + apps(rule.apps()) + "\n");
    text.append(rule.kind() == Model.Kind.PERMIT ? "    who: |\n      " : "    when: |\n      ");
    text.append(rule.when().cel()).append("\n");
    rule.rollout()
        .ifPresent(
            share -> text.append("    rollout: %d.%02d%%\n".formatted(share / 100, share % 100)));
    if (rule.report()) text.append("    mode: report\n");
    if (rule.skip()) text.append("    when_unknown: skip\n");
    if (!rule.requirements().isEmpty()) text.append("    require:\n");
    for (int i = 0; i < rule.requirements().size(); i++)
      requirement("r" + i, rule.requirements().get(i), text);
    if (rule.restrict().restricts()) text.append("    restrict: " + restrict(rule.restrict()));
  }

  private static String apps(Model.Apps apps) {
    if (apps.equals(Model.Apps.ANY)) return "any";
    if (apps.tags().isEmpty() && apps.sensitivities().isEmpty()) return apps.ids().toString();
    var parts = new ArrayList<String>();
    if (!apps.ids().isEmpty()) parts.add("id: " + apps.ids());
    if (!apps.tags().isEmpty()) parts.add("tag: " + apps.tags());
    if (!apps.sensitivities().isEmpty()) parts.add("sensitivity: " + apps.sensitivities());
    return "{" + String.join(", ", parts) + "}";
  }

  private static void requirement(String name, Model.Requirement requirement, StringBuilder text) {
    text.append("      - name: " + name + "\n        text: do something\n");
    requirement
        .condition()
        .ifPresent(c -> text.append("        if: |\n          " + c.cel() + "\n"));
    requirement.fix().ifPresent(fix -> text.append("        fix: " + fix + "\n"));
    requirement
        .ask()
        .ifPresent(ask ->
            text.append(
                requirement.condition().isPresent()
                    ? "        authenticate: {" + String.join(", ", asked(ask)) + "}\n"
                    : asked(ask).stream()
                        .map(part -> "        " + part + "\n")
                        .collect(Collectors.joining())));
  }

  private static List<String> asked(Model.Ask ask) {
    var parts = new ArrayList<String>();
    ask.strength().ifPresent(strength -> parts.add("strength: " + strength));
    ask.maxAge().ifPresent(age -> parts.add("max_age: " + seconds(age)));
    if (ask.transaction()) parts.add("transaction: approved");
    return parts;
  }

  private static String restrict(Obligations restrict) {
    var parts = new ArrayList<String>();
    if (restrict.readOnly()) parts.add("read_only: true");
    if (restrict.noDownload()) parts.add("no_download: true");
    restrict.maximumAge().ifPresent(age -> parts.add("maximum_age: " + seconds(age)));
    restrict.recheck().ifPresent(age -> parts.add("recheck: " + seconds(age)));
    if (!restrict.methods().isEmpty())
      parts.add("methods: " + restrict.methods().stream().sorted().toList());
    return "{" + String.join(", ", parts) + "}\n";
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}

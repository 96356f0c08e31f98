// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.ArrayList;
import java.util.List;

/// Writes policy files. Whatever others wrote stands in single quotes, in a block of its own lines
/// or in a comment, and is one line of printable characters.
final class PolicyText {

  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();

  /// A text in single quotes, in which YAML knows no escapes.
  static String quoted(String text) {
    return "'" + Plain.line(text, 290).replace("'", "''") + "'";
  }

  /// A file with what rules name; empty if there is nothing.
  static String of(Definitions definitions, List<String> head) {
    var writer = new PolicyText();
    writer.remarks("", head);
    if (!definitions.locations().isEmpty()) writer.lists("location", definitions.locations());
    if (!definitions.strengths().isEmpty()) writer.lists("strength", definitions.strengths());
    if (!definitions.levels().isEmpty()) {
      writer.line("\nlevel:");
      definitions
          .levels()
          .forEach((name, named) -> {
            if (!named.remark().isEmpty()) writer.remarks("  ", List.of(named.remark()));
            writer.line("  " + name + ": " + folded(named.lines().getFirst()));
          });
    }
    return writer.text.toString();
  }

  private static String folded(String condition) {
    return "'" + condition.replace("'", "''") + "'";
  }

  private void lists(String kind, java.util.SequencedMap<String, Definitions.Named> named) {
    line("\n" + kind + ":");
    named.forEach((name, one) -> {
      if (!one.remark().isEmpty()) remarks("  ", List.of(one.remark()));
      line("  " + name + ":");
      one.lines().forEach(entry -> line("    " + entry));
    });
  }

  /// A file with rules.
  static String of(List<RuleText> rules, List<String> head) {
    var writer = new PolicyText();
    writer.remarks("", head);
    for (var kind : RuleText.Kind.values()) {
      var some = rules.stream().filter(rule -> rule.kind() == kind).toList();
      if (some.isEmpty()) continue;
      writer.line("\n" + kind.name().toLowerCase(java.util.Locale.ROOT) + ":");
      for (int i = 0; i < some.size(); i++) {
        if (i > 0) writer.line("");
        writer.rule(some.get(i));
      }
    }
    return writer.text.toString();
  }

  private void rule(RuleText rule) {
    remarks("  ", rule.remarks());
    line("  " + rule.name() + ":");
    line("    app: " + rule.app());
    if (rule.kind() == RuleText.Kind.PERMIT) condition("who", rule.when());
    else if (!rule.when().equals(Bool.Constant.ALWAYS) || rule.kind() == RuleText.Kind.FORBID)
      condition("when", rule.when());
    if (!rule.requirements().isEmpty()) line("    require:");
    for (var requirement : rule.requirements()) {
      var lead = new String[] {"      - "};
      requirement
          .lines()
          .forEach((key, value) -> {
            line(lead[0] + key + ": " + value);
            lead[0] = "        ";
          });
    }
    if (!rule.restrict().isEmpty()) line("    restrict:");
    rule.restrict().forEach((key, value) -> line("      " + key + ": " + value));
    if (rule.mode() == RuleText.Enforcement.REPORT) line("    mode: report");
    line("    description: " + quoted(rule.description()));
  }

  private void condition(String key, Bool condition) {
    var lines = Cel.lines(condition);
    if (lines.size() == 1) {
      line("    " + key + ": " + folded(lines.getFirst()));
      return;
    }
    line("    " + key + ": |-");
    lines.forEach(one -> line("      " + one));
  }

  private void remarks(String indent, List<String> remarks) {
    for (var remark : remarks)
      for (var line : wrapped(remark, WIDTH - indent.length())) line(indent + "# " + line);
  }

  private static List<String> wrapped(String remark, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : Plain.line(remark, 600).split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

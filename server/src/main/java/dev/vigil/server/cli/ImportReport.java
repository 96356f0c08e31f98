// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.imports.Fate;
import dev.vigil.workbench.imports.Finding;
import dev.vigil.workbench.imports.Imported;
import dev.vigil.workbench.imports.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What an import tells: what became of everything, the worst first, and what holds for all of it.
final class ImportReport {

  private static final List<Fate> WORST_FIRST =
      List.of(
          Fate.NOT,
          Fate.PARTLY,
          Fate.STRICTER,
          Fate.NEEDLESS,
          Fate.DISABLED,
          Fate.EXACTLY,
          Fate.OTHER);

  private final Imported imported;

  ImportReport(Imported imported) {
    this.imported = imported;
  }

  /// For a person.
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var fate : WORST_FIRST) {
      var items = imported.items().stream().filter(item -> item.fate() == fate).toList();
      if (items.isEmpty()) continue;
      lines.add(fate.says().toUpperCase(Locale.ROOT) + " (" + items.size() + ")");
      items.forEach(item -> item(item, lines));
      lines.add("");
    }
    imported.notes().forEach(note -> lines.add("note: " + note));
    lines.add(total());
    return lines;
  }

  private static void item(Item item, List<String> lines) {
    var name = item.name().isEmpty() ? item.source() : item.name();
    lines.add(
        "  " + name + (item.rules().isEmpty() ? "" : " -> " + String.join(", ", item.rules())));
    if (!item.fate().whole() && !name.equals(item.source())) lines.add("      in " + item.source());
    for (var finding : item.findings()) {
      if (finding.kind() == Finding.Kind.NAMING) {
        lines.add("      knows  " + finding.why());
        continue;
      }
      lines.add("      " + lead(finding.kind()) + finding.path() + ": " + finding.why());
      if (!finding.next().equals("nothing")) lines.add("        next  " + finding.next());
    }
  }

  private static String lead(Finding.Kind kind) {
    return switch (kind) {
      case REFUSED -> "refused  ";
      case MISSING -> "missing  ";
      case STRICTER -> "stricter  ";
      case NOTE -> "note  ";
      case NAMING -> "knows  ";
    };
  }

  private String total() {
    var parts = new ArrayList<String>();
    for (var fate : Fate.values()) {
      long count = imported.count(fate);
      if (count > 0) parts.add(count + " " + fate.says());
    }
    int items = imported.items().size();
    return items + (items == 1 ? " item: " : " items: ") + String.join(", ", parts) + ".";
  }

  /// For a program.
  ///
  /// @param dry whether the files are shown, as they were not written
  ObjectNode json(boolean dry) {
    var answer = Api.object();
    answer.put("whole", imported.whole());
    var totals = answer.putObject("totals");
    for (var fate : Fate.values()) totals.put(word(fate), imported.count(fate));
    var items = answer.putArray("items");
    imported.items().forEach(item -> json(item, items.addObject()));
    imported.notes().forEach(answer.putArray("notes")::add);
    imported.warnings().forEach(warning -> answer.withArray("warnings").add(warning.toString()));
    if (dry) imported.files().forEach(answer.putObject("files")::put);
    else imported.files().keySet().forEach(answer.putArray("files")::add);
    return answer;
  }

  private static void json(Item item, ObjectNode node) {
    node.put("name", item.name()).put("id", item.id()).put("source", item.source());
    node.put("fate", word(item.fate()));
    item.rules().forEach(node.putArray("rules")::add);
    var findings = node.putArray("findings");
    item.findings()
        .forEach(finding ->
            findings
                .addObject()
                .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                .put("path", finding.path())
                .put("why", finding.why())
                .put("next", finding.next()));
  }

  private static String word(Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which policy files are written, and what is said of all of them.
final class FileLayout {

  private static final int MOST_BYTES = 160 * 1024;

  private final String origin;
  private final Assembly assembly;
  private final List<String> groups;

  FileLayout(Origin origin, Assembly assembly, List<String> groups) {
    this.origin =
        switch (origin) {
          case ENTRA -> "Microsoft Entra Conditional Access";
          case GOOGLE -> "Google access levels";
        };
    this.assembly = assembly;
    this.groups = groups;
  }

  SortedMap<String, String> files() {
    var files = new TreeMap<String, String>();
    var definitions = assembly.definitions();
    if (!definitions.locations().isEmpty()
        || !definitions.strengths().isEmpty()
        || !definitions.levels().isEmpty())
      files.put(
          "imported-names.yaml", PolicyText.of(definitions, head("What the imported rules name.")));
    rules(files, "imported-enforced", RuleText.Enforcement.ENFORCE, "Rules that decide.");
    rules(
        files,
        "imported-report-only",
        RuleText.Enforcement.REPORT,
        "Rules that only report what they would have decided, as they did there.");
    if (!groups.isEmpty())
      files.put(
          "base.yaml",
          PolicyText.of(
              permits(),
              List.of(
                  "REVIEW THIS FILE. "
                      + origin
                      + " lets pass whatever no policy stops; these permits"
                      + " do the same for the groups named. Vigil denies whatever no permit allows:"
                      + " replace them by permits that name apps, and delete this file.")));
    return files;
  }

  private List<String> head(String what) {
    return List.of(what + " Imported from " + origin + "; review before you apply it.");
  }

  private void rules(
      SortedMap<String, String> files, String name, RuleText.Enforcement mode, String what) {
    var some = new ArrayList<RuleText>();
    int size = 0;
    for (var rule : assembly.rules()) {
      if (rule.mode() != mode) continue;
      int more = PolicyText.of(List.of(rule), List.of()).getBytes(StandardCharsets.UTF_8).length;
      if (size + more > MOST_BYTES && !some.isEmpty()) {
        put(files, name, some, what);
        some.clear();
        size = 0;
      }
      some.add(rule);
      size += more;
    }
    if (!some.isEmpty()) put(files, name, some, what);
  }

  private void put(SortedMap<String, String> files, String name, List<RuleText> some, String what) {
    int number = 1;
    while (files.containsKey(numbered(name, number))) number++;
    files.put(numbered(name, number), PolicyText.of(some, head(what)));
  }

  private static String numbered(String name, int number) {
    return name + (number == 1 ? "" : "-" + number) + ".yaml";
  }

  private List<RuleText> permits() {
    return groups.stream()
        .map(group ->
            new RuleText(
                RuleText.Kind.PERMIT,
                assembly.name("base-" + group),
                "any",
                Cel.hasOneOf("subject.groups", List.of(group)),
                List.of(),
                new TreeMap<>(),
                RuleText.Enforcement.ENFORCE,
                "Everyone in "
                    + group
                    + " reaches every app unless a rule stops them; review this.",
                List.of()))
        .toList();
  }

  List<String> notes() {
    var notes = new ArrayList<String>();
    if (origin.startsWith("Google")) {
      notes.add(
          "Levels decide nothing by themselves: name them in permits and guards, as in"
              + " `require: [{level: NAME}]`.");
      return notes;
    }
    if (groups.isEmpty())
      notes.add(
          "Entra lets pass whatever no policy stops; Vigil denies whatever no permit allows. No"
              + " permit was written: with these files alone everything is denied. Write permits,"
              + " or run this again with `--permit-by-default GROUP`.");
    else notes.add(permitted());
    if (assembly.rules().stream()
        .anyMatch(rule ->
            !rule.when().equals(Bool.Constant.ALWAYS) && Cel.text(rule.when()).contains("risk.")))
      notes.add(
          "A rule that cannot tell whether it applies, applies: until something feeds"
              + " `risk.session` and `risk.subject`, rules about risk ask or block everyone they"
              + " name. Add `when_unknown: skip` to those of which you can bear that it does not.");
    long unnamed =
        assembly.items().stream()
            .filter(item -> item.fate().written())
            .filter(item -> item.findings().stream().anyMatch(f -> f.kind() == Finding.Kind.NAMING))
            .count();
    if (unnamed > 0)
      notes.add(
          unnamed
              + (unnamed == 1 ? " rule knows" : " rules know")
              + " users, groups, roles or apps by the ids they have in Entra, and meet"
              + " them only where they are called so here: groups by id as Entra's own tokens name"
              + " them, apps by a tag that is the id. Give a file with `--names` for those that are"
              + " called otherwise.");
    return notes;
  }

  private String permitted() {
    var lacking =
        assembly.items().stream()
            .filter(item -> item.fate() == Fate.NOT || item.fate() == Fate.PARTLY)
            .count();
    return "`base.yaml` lets everyone in "
        + String.join(", ", groups)
        + " pass whatever no rule stops, as Entra does; review it before you apply it."
        + (lacking == 0
            ? ""
            : " What the "
                + lacking
                + " policies would have stopped that were not carried over, or in part only, it"
                + " lets through.");
  }
}

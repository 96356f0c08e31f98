// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.replay.Change;
import dev.vigil.workbench.replay.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What a replay came to, for people and for programs.
final class ReplayReport {

  private static final int MOST_KINDS = 20;
  private static final int MOST_NAMED = 5;
  private static final int MOST_CAUSES = 40;

  private final Map<String, Unusable> unusableFor = new LinkedHashMap<>();
  private long unusable;
  private long rejected;

  /// How many lines could not be used for one reason, and the places of the first of them.
  private record Unusable(long count, List<String> places) {

    Unusable and(String place) {
      if (places.size() >= MOST_NAMED) return new Unusable(count + 1, places);
      var more = new ArrayList<>(places);
      more.add(place);
      return new Unusable(count + 1, List.copyOf(more));
    }

    String shown() {
      return String.join(", ", places)
          + (count > places.size() ? " and " + (count - places.size()) + " more" : "");
    }
  }

  void rejected() {
    rejected++;
  }

  void unusable(String file, long line, String why) {
    unusable++;
    var kind =
        unusableFor.containsKey(why) || unusableFor.size() < MOST_KINDS ? why : "other reasons";
    unusableFor.merge(
        kind,
        new Unusable(1, List.of(file + ":" + line)),
        (known, one) -> known.and(one.places().getFirst()));
  }

  /// How many lines could not be decided again.
  long unusable() {
    return unusable;
  }

  List<String> lines(Replay.Summary summary) {
    var lines = new ArrayList<String>();
    lines.add(number("decided again", summary.total()));
    for (var change : Change.values()) lines.add(number("  " + words(change), summary.of(change)));
    if (summary.otherReasons() > 0)
      lines.add(number("  same, for other reasons", summary.otherReasons()));
    if (rejected > 0) lines.add(number("rejected before any policy", rejected));
    if (unusable > 0) lines.add(number("could not be decided again", unusable));
    unusableFor.forEach((why, one) -> lines.add("    " + why + ": " + one.shown()));
    lines.add("");
    lines.addAll(apps(summary).lines());
    if (!summary.causes().isEmpty()) {
      lines.add("");
      lines.addAll(causes(summary).lines());
      if (summary.causes().size() > MOST_CAUSES)
        lines.add("and " + (summary.causes().size() - MOST_CAUSES) + " more; `--json` has all");
    }
    return lines;
  }

  private static String number(String what, long number) {
    return String.format(Locale.ROOT, "%-28s%,12d", what, number);
  }

  private static String words(Change change) {
    return change.label().replace('-', ' ');
  }

  private static Table apps(Replay.Summary summary) {
    var headings = new ArrayList<>(List.of("APP"));
    Arrays.stream(Change.values())
        .forEach(change -> headings.add(words(change).toUpperCase(Locale.ROOT)));
    var table = new Table(headings.toArray(String[]::new));
    summary
        .byApp()
        .forEach((app, changes) -> {
          var row = new ArrayList<>(List.of(app));
          for (var change : Change.values())
            row.add(Long.toString(changes.getOrDefault(change, 0L)));
          table.row(row.toArray(String[]::new));
        });
    return table;
  }

  private static Table causes(Replay.Summary summary) {
    var table = new Table("CHANGE", "APP", "DUE TO", "RECORDS", "SUCH AS");
    summary.causes().entrySet().stream()
        .limit(MOST_CAUSES)
        .forEach(one ->
            table.row(
                words(one.getKey().change()),
                one.getKey().app(),
                one.getKey().cause(),
                Long.toString(one.getValue().count()),
                String.join(" ", one.getValue().examples())));
    return table;
  }

  ObjectNode document(Replay.Summary summary) {
    var answer = Api.object();
    answer.put("decided_again", summary.total());
    for (var change : Change.values()) answer.put(name(change), summary.of(change));
    answer.put("same_for_other_reasons", summary.otherReasons());
    answer.put("rejected", rejected).put("unusable", unusable);
    var lines = answer.putArray("unusable_lines");
    unusableFor.forEach((why, one) -> {
      var node = lines.addObject().put("why", why).put("lines", one.count());
      one.places().forEach(node.putArray("first")::add);
    });
    var apps = answer.putObject("apps");
    summary
        .byApp()
        .forEach((app, changes) -> {
          var node = apps.putObject(app);
          changes.forEach((change, number) -> node.put(name(change), number));
        });
    var turns = answer.putArray("answers");
    summary
        .turns()
        .forEach((turn, number) ->
            turns
                .addObject()
                .put("before", turn.before().label())
                .put("after", turn.after().label())
                .put("records", number));
    causes(summary, answer);
    return answer;
  }

  private static String name(Change change) {
    return change.label().replace('-', '_');
  }

  private static void causes(Replay.Summary summary, ObjectNode answer) {
    var causes = answer.putArray("causes");
    summary
        .causes()
        .forEach((group, found) -> {
          var node = causes.addObject();
          node.put("change", group.change().label())
              .put("app", group.app())
              .put("due_to", group.cause())
              .put("records", found.count());
          found.examples().forEach(node.putArray("examples")::add);
        });
  }
}

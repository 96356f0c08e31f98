// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.policy.Decision;
import dev.vigil.policy.PolicySet;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.replay.Recorded.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Decides recorded requests anew and adds up what changes, in memory that does not grow with the
/// number of records. For one thread.
public final class Replay {

  private static final int MOST_GROUPS = 10_000;
  private static final int EXAMPLES = 3;
  private static final String OTHERS = "(others)";
  private static final Cause NO_PERMIT = new Cause("no permit applies", "no permit applies");

  private final PolicySet policies;
  private final Map<String, Map<Change, Long>> byApp = new TreeMap<>();
  private final Map<Group, Found> byCause = new LinkedHashMap<>();
  private final Map<Turn, Long> turns = new TreeMap<>();
  private final Map<Change, Long> totals = new EnumMap<>(Change.class);
  private long otherReasons;

  /// @param policies those that decide anew
  public Replay(PolicySet policies) {
    this.policies = policies;
  }

  /// From one answer to another.
  public record Turn(Answer before, Answer after) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int order = before.compareTo(other.before);
      return order != 0 ? order : after.compareTo(other.after);
    }
  }

  /// A change and what it is due to: the requirement or forbid that refuses now, or that refused
  /// before.
  public record Group(Change change, String app, String cause) {}

  /// How often, and the references of the first of them.
  public record Found(long count, List<String> examples) {
    public Found {
      examples = List.copyOf(examples);
    }

    private Found and(String reference) {
      if (examples.size() >= EXAMPLES) return new Found(count + 1, examples);
      var more = new ArrayList<>(examples);
      more.add(reference);
      return new Found(count + 1, more);
    }
  }

  /// What all records so far come to.
  ///
  /// @param total how many there were
  /// @param changes how many of each change, the same answer included
  /// @param otherReasons how many have the same answer for other reasons or by other rules
  /// @param causes what the changes are due to, most frequent first; a record with several causes
  ///   counts for each
  public record Summary(
      long total,
      Map<Change, Long> changes,
      long otherReasons,
      Map<String, Map<Change, Long>> byApp,
      Map<Turn, Long> turns,
      Map<Group, Found> causes) {

    /// How many there are of a change.
    public long of(Change change) {
      return changes.getOrDefault(change, 0L);
    }
  }

  /// Decides one anew.
  public Decision add(Recorded recorded) {
    var decision = policies.decide(recorded.request());
    var after = Answer.of(decision);
    var change = Change.of(recorded.answer(), after);
    totals.merge(change, 1L, Long::sum);
    var app =
        byApp.containsKey(recorded.app()) || byApp.size() < MOST_GROUPS ? recorded.app() : OTHERS;
    byApp.computeIfAbsent(app, name -> new EnumMap<>(Change.class)).merge(change, 1L, Long::sum);
    if (change == Change.SAME) {
      if (!sameReasons(recorded, decision)) otherReasons++;
    } else {
      turns.merge(new Turn(recorded.answer(), after), 1L, Long::sum);
      for (var cause : causes(recorded, decision)) count(change, app, cause, recorded.reference());
    }
    return decision;
  }

  private static boolean sameReasons(Recorded recorded, Decision decision) {
    var reasons = decision.basis().reasons();
    if (reasons.size() != recorded.reasons().size()
        || !decision.basis().deciding().equals(recorded.deciding())) return false;
    for (int i = 0; i < reasons.size(); i++)
      if (!recorded.reasons().get(i).equals(Cause.of(reasons.get(i)))) return false;
    return true;
  }

  /// Who would be let in was refused for the old reasons; everyone else is refused for the new
  /// ones, and of those for what was no reason before, if there is such.
  private static List<Cause> causes(Recorded recorded, Decision decision) {
    if (decision.allows() && recorded.answer().grants())
      return List.of(new Cause("restrictions", "restrictions"));
    var causes =
        decision.allows()
            ? recorded.reasons()
            : decision.basis().reasons().stream().map(Cause::of).toList();
    var fresh = causes.stream().filter(cause -> !recorded.reasons().contains(cause)).toList();
    if (!decision.allows() && !fresh.isEmpty()) return fresh;
    return causes.isEmpty() ? List.of(NO_PERMIT) : causes;
  }

  private void count(Change change, String app, Cause cause, String reference) {
    var group = new Group(change, app, cause.toString());
    if (!byCause.containsKey(group) && byCause.size() >= MOST_GROUPS)
      group = new Group(change, OTHERS, OTHERS);
    byCause.put(group, byCause.getOrDefault(group, new Found(0, List.of())).and(reference));
  }

  /// What all that was added so far comes to.
  public Summary summary() {
    var causes = new LinkedHashMap<Group, Found>();
    byCause.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().count(), a.getValue().count()))
        .forEach(one -> causes.put(one.getKey(), one.getValue()));
    return new Summary(
        totals.values().stream().mapToLong(Long::longValue).sum(),
        totals,
        otherReasons,
        byApp,
        turns,
        causes);
  }
}

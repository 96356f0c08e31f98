// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads conditions that stand beside a policy with the policy's own reader: each becomes the
/// condition of a rule in one more source, which is read together with the policy and then left
/// aside. A permit's condition and a forbid's may look at evidence from one side only, so what is
/// refused as one is tried as the other.
final class ConditionsOfProperties {

  private static final String SOURCE = "properties";

  private final List<PolicySource> policies;
  private final Report report;
  private final List<Node.Scalar> written = new ArrayList<>();
  private final String prefix;

  ConditionsOfProperties(List<PolicySource> policies, Report report) {
    this.policies = policies;
    this.report = report;
    var name = new StringBuilder("property-");
    while (policies.stream().anyMatch(source -> source.text().contains(name))) name.append("x-");
    prefix = name.toString();
  }

  /// Takes a condition in; the answer is the number by which [#read] returns it.
  int add(Node.Scalar condition) {
    written.add(condition);
    return written.size() - 1;
  }

  /// The conditions by their numbers; nothing if there is a problem, which is in the report then.
  Map<Integer, Condition> read() {
    if (written.isEmpty()) return Map.of();
    var first = new Source(Set.of());
    return switch (first.read()) {
      case Reading.Loaded loaded -> conditions(loaded);
      case Reading.Rejected rejected -> again(first, rejected.problems());
    };
  }

  private Map<Integer, Condition> again(Source first, List<Problem> problems) {
    var refused = new HashSet<Integer>();
    problems.forEach(problem -> first.number(problem).ifPresent(refused::add));
    var second = new Source(refused);
    if (!refused.isEmpty() && second.read() instanceof Reading.Loaded loaded)
      return conditions(loaded);
    for (var problem : problems) {
      var number = first.number(problem);
      report.problem(
          number.map(n -> written.get(n).place()).orElse(problem.place()),
          problem.what(),
          problem.why(),
          problem.what().endsWith("cannot stand here")
              ? "look at evidence either with or without `!` in one condition; `when` may be a list"
              : problem.next());
    }
    return Map.of();
  }

  private Map<Integer, Condition> conditions(Reading.Loaded loaded) {
    return loaded.set().rules().all().stream()
        .filter(rule -> rule.name().startsWith(prefix))
        .collect(
            Collectors.toMap(
                rule -> Integer.valueOf(rule.name().substring(prefix.length())),
                rule -> rule.when().condition()));
  }

  /// The further source, with the number of the condition by the line where it begins.
  private final class Source {

    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Integer, Integer> numbers = new TreeMap<>();
    private int line = 1;

    private Source(Set<Integer> forbids) {
      write("permit", "who", forbids, false);
      write("forbid", "when", forbids, true);
    }

    private void write(String kind, String key, Set<Integer> forbids, boolean wanted) {
      boolean begun = false;
      for (int i = 0; i < written.size(); i++) {
        if (forbids.contains(i) != wanted) continue;
        if (!begun) line(kind + ":");
        begun = true;
        numbers.put(line, i);
        line("  " + prefix + i + ":");
        line("    app: any");
        line("    " + key + ": |2-");
        written.get(i).text().lines().forEach(one -> line("      " + one));
      }
    }

    private void line(String one) {
      text.append(one).append('\n');
      line++;
    }

    private Reading read() {
      var sources = new ArrayList<>(policies);
      sources.add(new PolicySource(SOURCE, text.toString()));
      return PolicyReader.read(sources, 0);
    }

    /// Which condition a problem is about; empty if none of these.
    private Optional<Integer> number(Problem problem) {
      if (!problem.place().source().equals(SOURCE)) return Optional.empty();
      return Optional.ofNullable(numbers.floorEntry(problem.place().line()))
          .map(Map.Entry::getValue);
    }
  }
}

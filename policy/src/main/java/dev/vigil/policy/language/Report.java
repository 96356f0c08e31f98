// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong and what is worth a look.
final class Report {

  private static final int MOST_PROBLEMS = 200;
  private static final int LONGEST = 400;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  void problem(Place place, String what, String why, String next) {
    var problem = new Problem(place, tidy(what), tidy(why), tidy(next));
    if (problems.size() < MOST_PROBLEMS && !problems.contains(problem)) problems.add(problem);
  }

  void warning(Place place, String says) {
    warnings.add(new Warning(place, tidy(says)));
  }

  private static String tidy(String text) {
    var line = text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  boolean clean() {
    return problems.isEmpty();
  }

  List<Problem> problems(List<PolicySource> order) {
    var names = order.stream().map(PolicySource::name).toList();
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> names.indexOf(p.place().source()))
                .thenComparingInt(p -> p.place().line())
                .thenComparingInt(p -> p.place().column()))
        .toList();
  }

  List<Warning> warnings() {
    return warnings;
  }
}

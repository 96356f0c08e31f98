// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.document;

import dev.vigil.kernel.Suggestion;
import dev.vigil.policy.language.Place;
import dev.vigil.policy.language.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Collects what is wrong with documents, so that everything is told at once.
public final class Report {

  private static final int MOST_PROBLEMS = 200;
  private static final int LONGEST = 400;
  private static final int MOST_CHOICES = 12;
  private static final int MOST_COMPARED = 500;
  private static final int LONGEST_WORD = 64;

  private final Set<Problem> problems = new LinkedHashSet<>();

  /// Something for which a document is refused.
  public void problem(Place place, String what, String why, String next) {
    if (problems.size() < MOST_PROBLEMS)
      problems.add(new Problem(place, tidy(what), tidy(why), tidy(next)));
  }

  private static String tidy(String text) {
    var start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return start.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?").strip();
  }

  /// Whether nothing is wrong so far.
  public boolean clean() {
    return problems.isEmpty();
  }

  /// Everything that is wrong: in the order in which the sources were first complained of, then by
  /// place.
  public List<Problem> problems() {
    var sources = problems.stream().map(one -> one.place().source()).distinct().toList();
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem one) -> sources.indexOf(one.place().source()))
                .thenComparingInt(one -> one.place().line())
                .thenComparingInt(one -> one.place().column()))
        .toList();
  }

  /// What to write instead of a word that is not known: `did you mean ...?`, or what there is.
  /// Nothing is looked for once no further problem will be told.
  public String instead(String word, Collection<String> known) {
    if (problems.size() >= MOST_PROBLEMS) return "";
    var near =
        word.length() > LONGEST_WORD
            ? Optional.<String>empty()
            : Suggestion.nearest(word, known.stream().limit(MOST_COMPARED).toList());
    if (near.isPresent()) return "did you mean `" + near.get() + "`?";
    if (known.isEmpty()) return "none is defined";
    var shown = known.stream().sorted().limit(MOST_CHOICES).map(one -> "`" + one + "`").toList();
    return "choose one of "
        + String.join(", ", shown)
        + (known.size() > MOST_CHOICES ? ", ..." : "");
  }
}

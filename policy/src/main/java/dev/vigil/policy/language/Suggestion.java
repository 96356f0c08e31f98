// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what someone may have meant.
final class Suggestion {

  private static final int MOST_SHOWN = 12;

  private Suggestion() {}

  /// The known word nearest to this one, if any is near.
  static Optional<String> of(String word, Collection<String> known) {
    int near = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate ->
            Math.abs(candidate.length() - word.length()) <= near
                && distance(word, candidate) <= near)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// `did you mean ...?`, or what there is to choose from.
  static String next(String word, Collection<String> known) {
    var near = of(word, known);
    if (near.isPresent()) return "did you mean `" + near.get() + "`?";
    if (known.isEmpty()) return "none is defined yet";
    return "choose one of "
        + String.join(
            ", ", known.stream().sorted().limit(MOST_SHOWN).map(k -> "`" + k + "`").toList())
        + (known.size() > MOST_SHOWN ? ", ..." : "");
  }

  /// How many letters must be left out, put in, changed or exchanged with their neighbour.
  private static int distance(String a, String b) {
    int[][] to = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) to[i][0] = i;
    for (int j = 0; j <= b.length(); j++) to[0][j] = j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least =
            Math.min(to[i - 1][j - 1] + (same ? 0 : 1), Math.min(to[i - 1][j], to[i][j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        to[i][j] = exchanged ? Math.min(least, to[i - 2][j - 2] + 1) : least;
      }
    }
    return to[a.length()][b.length()];
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody probably meant to write.
public final class Suggestion {

  private Suggestion() {}

  /// The known word nearest to what was typed; empty if none is near enough to help: more than a
  /// third of it would have to change.
  public static Optional<String> nearest(String typed, Collection<String> known) {
    int near = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(word ->
            Math.abs(word.length() - typed.length()) <= near && distance(word, typed) <= near)
        .min(
            Comparator.comparingInt((String word) -> distance(word, typed))
                .thenComparing(Comparator.naturalOrder()));
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

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody probably meant to write.
public final class Suggestion {

  private Suggestion() {}

  /// The known word nearest to what was typed; empty if none is near enough to help: more than half
  /// of it would have to change.
  public static Optional<String> nearest(String typed, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String word) -> distance(word, typed))
                .thenComparing(Comparator.naturalOrder()))
        .filter(word -> distance(word, typed) <= Math.max(1, typed.length() / 2));
  }

  /// Levenshtein distance.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        row[j] =
            Math.min(
                Math.min(row[j], row[j - 1]) + 1,
                diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what someone may have meant.
final class Suggestion {

  private Suggestion() {}

  /// The known word nearest to this one, if any is near.
  static Optional<String> of(String word, Collection<String> known) {
    int near = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= near && distance(word, candidate) <= near)
        .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate)).thenComparing(Comparator.naturalOrder()));
  }

  /// `did you mean ...?`, or what there is to choose from.
  static String next(String word, Collection<String> known) {
    var near = of(word, known);
    if (near.isPresent()) return "did you mean `" + near.get() + "`?";
    if (known.isEmpty()) return "none is defined yet";
    return "choose one of " + String.join(", ", known.stream().sorted().limit(20).map(k -> "`" + k + "`").toList());
  }

  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) before[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[b.length()];
  }
}

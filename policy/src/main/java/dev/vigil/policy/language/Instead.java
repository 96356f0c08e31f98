// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.kernel.Suggestion;
import java.util.Collection;

/// What to write instead of a word that is not known.
final class Instead {

  private static final int MOST_SHOWN = 12;

  private Instead() {}

  /// `did you mean ...?`, or what there is to choose from.
  static String next(String word, Collection<String> known) {
    var near = Suggestion.nearest(word, known);
    if (near.isPresent()) return "did you mean `" + near.get() + "`?";
    if (known.isEmpty()) return "none is defined yet";
    return "choose one of "
        + String.join(
            ", ", known.stream().sorted().limit(MOST_SHOWN).map(k -> "`" + k + "`").toList())
        + (known.size() > MOST_SHOWN ? ", ..." : "");
  }
}

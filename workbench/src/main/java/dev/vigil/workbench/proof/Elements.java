// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many elements of each list have to be told apart. Of the elements that conditions name, it
/// is enough to know which are there. Of all others, each question about the list needs one at most
/// to be answered as it was: whoever takes the rest away changes no answer. So as many others as
/// there are questions stand for every list, however long.
final class Elements {

  private static final int MOST = 64;

  private final Kin kin;
  private final int least;
  private final Map<String, List<List<Range>>> questions = new HashMap<>();
  private final Map<String, Integer> others = new HashMap<>();
  private final Set<String> counting = new HashSet<>();

  Elements(Kin kin, int least) {
    this.kin = kin;
    this.least = least;
  }

  void known(Fact list) {
    questions.computeIfAbsent(list.qualifiedName(), name -> new ArrayList<>());
  }

  /// Notes a question about a list, asked once for every element of what it stands within.
  void use(Fact list, List<Range> within) {
    known(list);
    questions.getOrDefault(list.qualifiedName(), new ArrayList<>()).add(List.copyOf(within));
  }

  /// How many elements that no condition names a list needs.
  ///
  /// @throws Outside.Reached if there is no end to it, or it is too many
  int others(Fact list) {
    var known = others.get(list.qualifiedName());
    if (known != null) return known;
    if (!counting.add(list.qualifiedName()))
      throw new Outside.Reached(
          "a quantifier over `" + list.qualifiedName() + "` within one over the same list");
    try {
      long count = least;
      for (var within : questions.getOrDefault(list.qualifiedName(), List.of()))
        count += times(within);
      if (count > MOST)
        throw new Outside.Reached(
            "more than "
                + MOST
                + " questions about the elements of `"
                + list.qualifiedName()
                + "`");
      others.put(list.qualifiedName(), (int) count);
      return (int) count;
    } finally {
      counting.remove(list.qualifiedName());
    }
  }

  private long times(List<Range> within) {
    long times = 1;
    for (var range : within) {
      times *=
          switch (range) {
            case Range.OfFact(Fact list) -> kin.constants(list).size() + others(list);
            case Range.OfConstants(List<Object> constants) -> constants.size();
          };
      times = Math.min(times, MOST + 1L);
    }
    return times;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which facts hold texts that are compared with each other. Kin share the constants they are
/// compared with, and whether a text is a number that only tells it from others, or a sequence of
/// characters that can be looked into.
final class Kin {

  private final Map<String, String> elder = new HashMap<>();
  private final Map<String, Set<String>> constants = new HashMap<>();
  private final Set<String> characters = new HashSet<>();

  private String eldest(Fact fact) {
    var oldest = fact.qualifiedName();
    for (var next = elder.get(oldest); next != null; next = elder.get(oldest)) oldest = next;
    return oldest;
  }

  void join(Fact one, Fact two) {
    var first = eldest(one);
    var second = eldest(two);
    if (first.equals(second)) return;
    elder.put(second, first);
    of(first).addAll(of(second));
    if (characters.contains(second)) characters.add(first);
  }

  void comparedWith(Fact fact, Object constant) {
    if (constant instanceof String text) of(eldest(fact)).add(text);
  }

  void lookedInto(Fact fact) {
    characters.add(eldest(fact));
  }

  private Set<String> of(String eldest) {
    return constants.computeIfAbsent(eldest, name -> new LinkedHashSet<>());
  }

  /// The constants that the fact or its kin are compared with, always in the same order.
  List<String> constants(Fact fact) {
    return new ArrayList<>(of(eldest(fact)));
  }

  boolean inCharacters(Fact fact) {
    return characters.contains(eldest(fact));
  }
}

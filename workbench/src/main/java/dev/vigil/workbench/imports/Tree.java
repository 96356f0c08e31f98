// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import java.util.List;
import java.util.SequencedMap;

/// A part of an export, whether it was JSON or YAML: every single value is text.
sealed interface Tree {

  /// Nothing: `null`, or not there.
  record Nothing() implements Tree {}

  /// A single value.
  record Text(String value) implements Tree {}

  /// A list.
  record Items(List<Tree> all) implements Tree {
    public Items {
      all = List.copyOf(all);
    }
  }

  /// A mapping, in the order written.
  record Entries(SequencedMap<String, Tree> all) implements Tree {}

  /// What kind of thing it is, for messages.
  default String kind() {
    return switch (this) {
      case Nothing ignored -> "nothing";
      case Text ignored -> "a single value";
      case Items ignored -> "a list";
      case Entries ignored -> "an object";
    };
  }

  /// Whether it says nothing: no value, an empty list, an object of which the same holds
  /// throughout.
  default boolean isEmpty() {
    return switch (this) {
      case Nothing ignored -> true;
      case Text text -> text.value().isEmpty();
      case Items items -> items.all().stream().allMatch(Tree::isEmpty);
      case Entries entries -> entries.all().values().stream().allMatch(Tree::isEmpty);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import dev.vigil.policy.language.Warning;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What comes of an import: policy files that can be loaded, and what became of everything that was
/// exported.
///
/// @param files text by file name; they were read together and have no problem
/// @param notes what holds for all of it
/// @param warnings what the policy reader would have a reviewer look at
public record Imported(
    SortedMap<String, String> files, List<Item> items, List<String> notes, List<Warning> warnings) {

  public Imported {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    items = List.copyOf(items);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /// Whether everything was carried over as it stood, or need not be.
  public boolean whole() {
    return items.stream().allMatch(item -> item.fate().whole());
  }

  /// How many came to this.
  public long count(Fate fate) {
    return items.stream().filter(item -> item.fate() == fate).count();
  }
}

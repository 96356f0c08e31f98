// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fixed table from texts to numbers: open addressing, a quarter full, nothing boxed.
final class TextTable {

  /// What is found of a text that is not there.
  static final int NOTHING = -1;

  private final @Nullable String[] texts;
  private final int[] numbers;
  private final int shift;

  TextTable(Map<String, Integer> entries) {
    int size = Integer.highestOneBit(Math.max(1, entries.size())) << 2;
    texts = new @Nullable String[size];
    numbers = new int[size];
    shift = Integer.numberOfLeadingZeros(size) + 1;
    entries.forEach(this::put);
  }

  private void put(String text, int number) {
    int place = place(text);
    while (texts[place] != null) place = (place + 1) & (texts.length - 1);
    texts[place] = text;
    numbers[place] = number;
  }

  private int place(String text) {
    return (text.hashCode() * 0x9E3779B9) >>> shift;
  }

  /// The number of a text, or [#NOTHING].
  int find(String text) {
    int place = place(text);
    while (true) {
      var there = texts[place];
      if (there == null) return NOTHING;
      if (there.equals(text)) return numbers[place];
      place = (place + 1) & (texts.length - 1);
    }
  }
}

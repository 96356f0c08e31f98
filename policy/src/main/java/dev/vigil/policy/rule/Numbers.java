// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A set of small numbers in the order they were added, used over and over without allocating.
final class Numbers {

  private final int[] members;
  private final int[] added;
  private int round = 1;
  private int size;

  /// A set of numbers below `bound`.
  Numbers(int bound) {
    members = new int[bound];
    added = new int[bound];
  }

  void clear() {
    size = 0;
    if (++round == 0) {
      Arrays.fill(added, 0);
      round = 1;
    }
  }

  void add(int number) {
    if (added[number] == round) return;
    added[number] = round;
    members[size++] = number;
  }

  void addAll(int[] numbers) {
    for (int number : numbers) add(number);
  }

  int size() {
    return size;
  }

  int at(int index) {
    return members[index];
  }

  /// Sorts in place: insertion, as there are few.
  void sort() {
    for (int i = 1; i < size; i++) {
      int number = members[i];
      int j = i - 1;
      for (; j >= 0 && members[j] > number; j--) members[j + 1] = members[j];
      members[j + 1] = number;
    }
  }

  IntStream sorted() {
    return IntStream.of(members).limit(size).sorted();
  }
}

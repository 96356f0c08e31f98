// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/// A list of numbers that is filled and emptied over and over without allocating.
public final class Numbers {

  private static final int AT_FIRST = 16;

  private int[] members = new int[AT_FIRST];
  private int size;

  /// Empties it.
  public void clear() {
    size = 0;
  }

  /// Adds a number, which may be among them already.
  public void add(int number) {
    if (size == members.length) members = Arrays.copyOf(members, 2 * size);
    members[size++] = number;
  }

  /// Adds all of these.
  public void addAll(Numbers others) {
    for (int i = 0; i < others.size; i++) add(others.members[i]);
  }

  /// How many there are.
  public int size() {
    return size;
  }

  /// The number at a place.
  public int at(int index) {
    return members[index];
  }

  /// All of them in the order in which they were added.
  public int[] toArray() {
    return Arrays.copyOf(members, size);
  }

  /// Each of them once, in order.
  public IntStream sorted() {
    return IntStream.of(toArray()).sorted().distinct();
  }

  /// Whether these are all of them, in the order in which they were added.
  public boolean are(int[] others) {
    if (others.length != size) return false;
    for (int i = 0; i < size; i++) if (members[i] != others[i]) return false;
    return true;
  }
}

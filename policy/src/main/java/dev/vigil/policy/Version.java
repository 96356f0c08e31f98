// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.ArrayList;
import java.util.List;

/// A version of dot-separated numbers, compared number by number; missing numbers are 0, so that
/// `17` equals `17.0`.
public final class Version implements Comparable<Version> {

  private static final int MOST_PARTS = 6;

  private final List<Integer> parts;

  // The numbers, two to a word, so that versions are compared without looking at a list.
  private final long first;
  private final long second;
  private final long third;

  /// The version of these numbers.
  ///
  /// @throws IllegalArgumentException if there are none or more than 6, or one is negative
  public Version(List<Integer> parts) {
    if (parts.isEmpty() || parts.size() > MOST_PARTS || parts.stream().anyMatch(part -> part < 0))
      throw new IllegalArgumentException(parts + " is not a version of 1 to 6 numbers");
    this.parts = List.copyOf(parts);
    this.first = words(0);
    this.second = words(2);
    this.third = words(4);
  }

  private long words(int index) {
    return (long) part(index) << Integer.SIZE | part(index + 1);
  }

  private int part(int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  /// Reads `17.6.1`: 1 to 6 numbers of at most 9 digits.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static Version parse(String text) {
    String[] pieces = text.split("\\.", -1);
    if (pieces.length > MOST_PARTS) throw notAVersion(text);
    var parts = new ArrayList<Integer>(pieces.length);
    for (String piece : pieces) {
      if (piece.isEmpty()
          || piece.length() > 9
          || !piece.chars().allMatch(c -> c >= '0' && c <= '9')) throw notAVersion(text);
      parts.add(Integer.parseInt(piece));
    }
    while (parts.size() > 1 && parts.getLast() == 0) parts.removeLast();
    return new Version(parts);
  }

  private static IllegalArgumentException notAVersion(String text) {
    return new IllegalArgumentException(
        "`" + text + "` is not a version of 1 to 6 dot-separated numbers");
  }

  /// The numbers, the most significant first.
  public List<Integer> parts() {
    return parts;
  }

  @Override
  public int compareTo(Version other) {
    if (first != other.first) return Long.compare(first, other.first);
    if (second != other.second) return Long.compare(second, other.second);
    return Long.compare(third, other.third);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * (31 * first + second) + third);
  }

  @Override
  public String toString() {
    return String.join(".", parts.stream().map(String::valueOf).toList());
  }
}

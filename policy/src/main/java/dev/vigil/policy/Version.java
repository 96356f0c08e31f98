// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.ArrayList;
import java.util.List;

/// A version of dot-separated numbers, compared number by number; missing numbers are 0, so that
/// `17` equals `17.0`.
public record Version(List<Integer> parts) implements Comparable<Version> {

  private static final int MOST_PARTS = 6;

  public Version {
    parts = List.copyOf(parts);
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

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int order = Integer.compare(part(i), other.part(i));
      if (order != 0) return order;
    }
    return 0;
  }

  private int part(int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  @Override
  public String toString() {
    return String.join(".", parts.stream().map(String::valueOf).toList());
  }
}

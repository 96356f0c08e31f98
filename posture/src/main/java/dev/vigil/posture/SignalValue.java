// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture;

import java.time.LocalDate;
import java.util.List;

/// The value of a signal, read from its written form by [SignalName#read].
public sealed interface SignalValue {

  /// Yes or no.
  record Flag(boolean value) implements SignalValue {}

  /// One of a few words, or a maker's name.
  record Text(String value) implements SignalValue {}

  /// A version of dot-separated numbers, such as `17.6.1`.
  record Numbers(List<Integer> parts) implements SignalValue {
    public Numbers {
      parts = List.copyOf(parts);
    }

    /// With dots between the numbers.
    @Override
    public String toString() {
      return String.join(".", parts.stream().map(String::valueOf).toList());
    }
  }

  /// A calendar day.
  record Day(LocalDate value) implements SignalValue {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

/// A truth value of strong Kleene logic, ordered so that `and` is the minimum and `or` the maximum.
public enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  /// The truth value of something known.
  public static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /// Both: the lesser.
  public Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /// The opposite; of unknown, unknown.
  public Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
      case TRUE -> FALSE;
    };
  }
}

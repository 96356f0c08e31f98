// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import org.jspecify.annotations.Nullable;

/// How two values are compared. Values that cannot be compared (unknown, of different types, not a
/// number) give unknown.
public enum Comparison {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  /// As it is written in a condition.
  public String symbol() {
    return symbol;
  }

  /// The comparison that gives the same answer with its sides exchanged.
  public Comparison mirrored() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /// The comparison that holds exactly when this one does not.
  public Comparison opposite() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
    };
  }

  /// Compares.
  public Truth of(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null || left.getClass() != right.getClass()) return Truth.UNKNOWN;
    if (left instanceof Double a && right instanceof Double b) return ofNumbers(a, b);
    if (left instanceof Comparable<?>) return Truth.of(holds(order(left, right)));
    return switch (this) {
      case EQUAL -> Truth.of(left.equals(right));
      case NOT_EQUAL -> Truth.of(!left.equals(right));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Truth.UNKNOWN;
    };
  }

  private Truth ofNumbers(double left, double right) {
    if (Double.isNaN(left) || Double.isNaN(right)) return Truth.UNKNOWN;
    return Truth.of(holds(left < right ? -1 : left > right ? 1 : 0));
  }

  @SuppressWarnings(
      "unchecked") // both are of one class, and a class that is comparable is comparable with
  // itself
  private static int order(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  private boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import java.util.List;
import java.util.Optional;

/// What the parts of a request are called before the solver.
final class Symbols {

  /// The time of the request, in nanoseconds since 1970.
  static final String AT = "|at|";

  private Symbols() {}

  static String known(Fact fact) {
    return about("known", fact);
  }

  static String value(Fact fact) {
    return about("value", fact);
  }

  /// Whether a decimal is not a number, which compares with nothing.
  static String isNan(Fact fact) {
    return about("nan", fact);
  }

  static String tier(Fact fact) {
    return about("tier", fact);
  }

  static String observed(Fact fact) {
    return about("observed", fact);
  }

  /// The number of a tier; the more it is worth, the higher.
  static int rank(EvidenceTier tier) {
    return List.of(EvidenceTier.values()).indexOf(tier);
  }

  static EvidenceTier tier(int rank) {
    return List.of(EvidenceTier.values()).get(rank);
  }

  static String size(Fact list) {
    return about("size", list);
  }

  /// Whether a list has the constant of this number.
  static String has(Fact list, int constant) {
    return about("has " + constant, list);
  }

  /// Whether a list has an element that no condition names.
  static String hasOther(Fact list, int number) {
    return about("has other " + number, list);
  }

  static String other(Fact list, int number) {
    return about("other " + number, list);
  }

  /// Where a subject stands among all, for the canary of a rule.
  static String place(String rule) {
    return Smt.symbol("place in " + rule);
  }

  /// Whether it is, where the solver is left to choose.
  static String open(int window) {
    return Smt.symbol("open " + window);
  }

  /// Whether the request is inside a window of time.
  static String inside(int window) {
    return Smt.symbol("inside " + window);
  }

  private static String about(String what, Fact fact) {
    return Smt.symbol(what + " " + fact.qualifiedName());
  }

  /// How values of a type become integers; empty for booleans, texts and lists.
  static Optional<Carrier> carrier(FactType type) {
    return switch (type) {
      case BOOLEAN, STRING, STRINGS -> Optional.empty();
      case INTEGER -> Optional.of(Carrier.INTEGER);
      case DECIMAL -> Optional.of(Carrier.DECIMAL);
      case VERSION -> Optional.of(Carrier.VERSION);
      case DATE -> Optional.of(Carrier.DATE);
      case TIMESTAMP -> Optional.of(Carrier.TIMESTAMP);
      case DURATION -> Optional.of(Carrier.DURATION);
      case ADDRESS -> Optional.of(Carrier.ADDRESS);
    };
  }
}

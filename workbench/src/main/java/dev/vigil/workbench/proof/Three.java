// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Truth;
import java.util.List;

/// A three-valued term as two booleans, never both true; where neither is, it is unknown.
record Three(String isTrue, String isFalse) {

  static final Three UNKNOWN = new Three(Smt.FALSE, Smt.FALSE);

  static Three of(Truth truth) {
    return switch (truth) {
      case TRUE -> new Three(Smt.TRUE, Smt.FALSE);
      case FALSE -> new Three(Smt.FALSE, Smt.TRUE);
      case UNKNOWN -> UNKNOWN;
    };
  }

  /// What holds or not where it is known, and is unknown elsewhere.
  static Three where(String known, String holds) {
    return new Three(Smt.and(known, holds), Smt.and(known, Smt.not(holds)));
  }

  static Three all(List<Three> parts) {
    return new Three(
        Smt.and(parts.stream().map(Three::isTrue).toList()),
        Smt.or(parts.stream().map(Three::isFalse).toList()));
  }

  static Three any(List<Three> parts) {
    return all(parts.stream().map(Three::not).toList()).not();
  }

  /// As `some` of a list counts an element that may be missing: false where it is.
  Three ifThere(String present) {
    return new Three(Smt.and(present, isTrue), Smt.or(Smt.not(present), isFalse));
  }

  /// As `all` of a list counts an element that may be missing: true where it is.
  Three orMissing(String present) {
    return not().ifThere(present).not();
  }

  Three not() {
    return new Three(/* isTrue= */ isFalse, /* isFalse= */ isTrue);
  }

  Three choose(Three then, Three otherwise) {
    return new Three(
        Smt.or(
            Smt.and(isTrue, then.isTrue),
            Smt.and(isFalse, otherwise.isTrue),
            Smt.and(then.isTrue, otherwise.isTrue)),
        Smt.or(
            Smt.and(isTrue, then.isFalse),
            Smt.and(isFalse, otherwise.isFalse),
            Smt.and(then.isFalse, otherwise.isFalse)));
  }

  Three sameAs(Three other) {
    return new Three(
        Smt.or(Smt.and(isTrue, other.isTrue), Smt.and(isFalse, other.isFalse)),
        Smt.or(Smt.and(isTrue, other.isFalse), Smt.and(isFalse, other.isTrue)));
  }
}

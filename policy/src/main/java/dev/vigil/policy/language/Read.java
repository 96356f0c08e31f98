// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.condition.Condition;
import java.util.Arrays;
import java.util.List;

/// A condition that was read, with the evidence predicates in it.
record Read(Condition condition, List<EvidenceUse> uses) {

  Read {
    uses = List.copyOf(uses);
  }

  /// Of many uses on a side one is as telling as all, and levels within levels would multiply them.
  List<EvidenceUse> oneOnEachSide() {
    return Arrays.stream(Side.values())
        .flatMap(side -> uses.stream().filter(use -> use.side == side).limit(1))
        .toList();
  }

  /// An evidence predicate in a condition.
  ///
  /// @param predicate as it is written
  /// @param side how its truth bears on the condition's
  record EvidenceUse(String predicate, Side side, Place place) {}

  /// How the truth of a part bears on the truth of the whole.
  enum Side {
    POSITIVE,
    NEGATIVE,
    /// Sometimes one and sometimes the other, as in the test of `?:`.
    BOTH;

    Side opposite() {
      return switch (this) {
        case POSITIVE -> NEGATIVE;
        case NEGATIVE -> POSITIVE;
        case BOTH -> BOTH;
      };
    }

    Side within(Side outer) {
      return switch (outer) {
        case POSITIVE -> this;
        case NEGATIVE -> opposite();
        case BOTH -> BOTH;
      };
    }
  }
}

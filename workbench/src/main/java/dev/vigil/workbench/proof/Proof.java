// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import java.util.List;

/// What came of proving a property. Only [Proved] is a proof.
public sealed interface Proof {

  /// It holds for every request there could be.
  ///
  /// @param exceptions rules with `when_unknown: skip` without which it would not
  /// @param empty whether it holds because there is no request that it speaks of
  record Proved(List<String> exceptions, boolean empty) implements Proof {
    public Proved {
      exceptions = List.copyOf(exceptions);
    }
  }

  /// It does not hold: the engine decides this request otherwise.
  record Refuted(AccessRequest request, Decision decision) implements Proof {}

  /// Nobody knows.
  record NotProved(List<String> why) implements Proof {
    public NotProved {
      why = List.copyOf(why);
    }
  }

  /// The solver found a counterexample that the engine does not confirm: one of the two is wrong,
  /// and no proof is worth anything until that is cleared up.
  record Disagreement(AccessRequest request, Decision decision) implements Proof {}
}

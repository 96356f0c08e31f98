// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.DecisionId;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import java.time.Instant;
import java.util.Map;

/// The answer to a [Question].
public sealed interface Advice {

  /// The reference that a refused person can quote.
  DecisionId reference();

  /// The policies were asked.
  ///
  /// @param request the facts that were used
  /// @param said which of them were only said by the enforcement point
  /// @param validUntil when time alone could change the answer: the policies' deadline or recheck,
  ///   or the end of the session, whichever is first
  record Decided(
      DecisionId reference,
      AccessRequest request,
      Map<Fact, Object> said,
      Decision decision,
      Instant validUntil)
      implements Advice {
    public Decided {
      said = Map.copyOf(said);
    }
  }

  /// Nothing can be decided at the moment.
  record Rejected(DecisionId reference, AccessRefusal refusal) implements Advice {}

  /// Whether the request may pass.
  default boolean passes() {
    return this instanceof Decided decided && decided.decision().allows();
  }
}

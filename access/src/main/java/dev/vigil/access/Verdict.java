// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;

/// The answer to an [Attempt].
public sealed interface Verdict {

  /// The reference that a refused person can quote.
  DecisionId reference();

  /// The policies were asked. `request` holds the snapshots that were used.
  record Decided(
      DecisionId reference,
      DeviceId device,
      AccessToken token,
      AccessRequest request,
      Decision decision)
      implements Verdict {

    /// Whether exactly this action was approved; an approval that let a request in must be spent
    /// before the request goes on.
    public boolean approved() {
      return request
          .authentication()
          .find("authentication.transaction_approved")
          .filter(Boolean.TRUE::equals)
          .isPresent();
    }
  }

  /// It did not come so far: certificate, token, session or app do not stand.
  record Rejected(DecisionId reference, AccessRefusal refusal) implements Verdict {}

  /// Whether the request may pass.
  default boolean passes() {
    return this instanceof Decided decided && decided.decision().allows();
  }
}

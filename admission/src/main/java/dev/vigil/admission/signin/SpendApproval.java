// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;

/// Spends the approval of a transaction before it is carried out, once and durably.
public final class SpendApproval {

  private final Changes changes;

  public SpendApproval(Changes changes) {
    this.changes = changes;
  }

  /// Whether this call spent an approval of exactly this action in this session.
  ///
  /// @param action the digest of the action
  /// @throws dev.vigil.admission.Store.StoreUnavailable if that cannot be made durable
  public boolean spend(SessionId session, Sha256 action) {
    return changes.commit(Actor.SYSTEM, work -> Approvals.spend(work, session, action));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import java.util.concurrent.CompletionStage;

/// Spends the approval of a transaction, in the store, before the request goes to the upstream. A
/// port.
@FunctionalInterface
public interface Approvals {

  /// True if this call spent the approval; false if there was none, it had expired, or another
  /// request was first. Completes exceptionally only if the store cannot answer, and then the
  /// request is refused.
  CompletionStage<Boolean> spend(SessionId session, Sha256 action);
}

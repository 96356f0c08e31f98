// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.kernel.ChangeId;
import java.time.Instant;

/// Changes of enrolments that wait for approval.
public interface EnrolmentsTx extends EnrolmentsView {

  /// @throws Tx.Conflict if there is no such subject, or another one waits for this key of it
  void put(PendingEnrolment pending);

  void remove(ChangeId id);

  /// Removes those that expired at `now` or before; returns how many.
  int forget(Instant now);
}

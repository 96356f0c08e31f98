// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Optional;

/// Enrolments that wait for approval, expired ones included until they are forgotten. A port of the
/// [Store]. Lists are in the order of creation.
public interface EnrolmentsView {

  Optional<PendingEnrolment> find(ChangeId id);

  /// The one that waits for this key of this person.
  Optional<PendingEnrolment> find(SubjectId subject, Sha256 key);

  List<PendingEnrolment> all();

  List<PendingEnrolment> of(SubjectId subject);
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.admission.EnrolmentsTx;
import dev.vigil.admission.Tx;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Enrolments that wait for approval, in a [MemoryState].
final class MemoryEnrolments implements EnrolmentsTx {

  private final MemoryView view;

  MemoryEnrolments(MemoryView view) {
    this.view = view;
  }

  @Override
  public Optional<PendingEnrolment> find(ChangeId id) {
    return Optional.ofNullable(view.open().enrolments.get(id));
  }

  @Override
  public Optional<PendingEnrolment> find(SubjectId subject, Sha256 key) {
    return of(subject).stream().filter(one -> one.key().equals(key)).findFirst();
  }

  @Override
  public List<PendingEnrolment> all() {
    return List.copyOf(view.open().enrolments.values());
  }

  @Override
  public List<PendingEnrolment> of(SubjectId subject) {
    return all().stream().filter(one -> one.subject().equals(subject)).toList();
  }

  @Override
  public void put(PendingEnrolment pending) {
    if (view.subject(pending.subject()).isEmpty())
      throw new Tx.Conflict("there is no such subject");
    var other = find(pending.subject(), pending.key());
    if (other.filter(one -> !one.id().equals(pending.id())).isPresent())
      throw new Tx.Conflict("another enrolment waits for this key");
    view.open().enrolments.put(pending.id(), pending);
  }

  @Override
  public void remove(ChangeId id) {
    view.open().enrolments.remove(id);
  }

  @Override
  public int forget(Instant now) {
    int before = view.open().enrolments.size();
    view.open().enrolments.values().removeIf(one -> !one.livesAt(now));
    return before - view.open().enrolments.size();
  }
}

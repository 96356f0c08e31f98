// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.PendingEnrolment.Approved;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Enrolments that somebody must agree to: an administrator, who is not the phone's owner, or the
/// owner on another device.
public final class Approvals {

  /// How many enrolments of one person wait at once.
  public static final int MOST_WAITING = 3;

  private final Changes changes;

  public Approvals(Changes changes) {
    this.changes = changes;
  }

  /// What can be answered.
  public enum Answer {
    APPROVE,
    REFUSE
  }

  /// Those that have not expired, approved ones included, oldest first.
  public List<PendingEnrolment> pending() {
    var now = changes.time().now();
    return changes.read(view -> view.enrolments().all()).stream()
        .filter(one -> one.livesAt(now))
        .toList();
  }

  /// Those that this person may agree to on an own device and has not yet.
  public List<PendingEnrolment> waitingFor(SubjectId person) {
    var now = changes.time().now();
    return changes.read(view -> view.enrolments().of(person)).stream()
        .filter(one -> one.livesAt(now) && one.approver() == Approval.OWN_DEVICE)
        .filter(one -> one.approved().isEmpty())
        .toList();
  }

  /// An administrator's answer. Refusals are [DeviceRefusal]s.
  public Outcome<PendingEnrolment> answer(Mandate mandate, ChangeId id, Answer answer) {
    var outcome =
        changes.commit(
            mandate.by(),
            work ->
                waiting(work, id)
                    .then(pending ->
                        administrator(work, mandate.by(), pending)
                            .map(how ->
                                settle(work, pending, how, answer, mandate.reason().text()))));
    if (outcome instanceof Outcome.Refused<PendingEnrolment> refused) noted(mandate.by(), refused);
    return outcome;
  }

  /// The owner's answer on another device, which must be one with a live session. Refusals are
  /// [DeviceRefusal]s.
  public Outcome<PendingEnrolment> answer(DeviceId device, ChangeId id, Answer answer) {
    var actor = new Actor.Machine(device);
    var outcome =
        changes.commit(
            actor,
            work ->
                waiting(work, id)
                    .then(pending ->
                        owner(work, device, pending)
                            .map(how ->
                                settle(work, pending, how, answer, "on a device of the owner"))));
    if (outcome instanceof Outcome.Refused<PendingEnrolment> refused) noted(actor, refused);
    return outcome;
  }

  private void noted(Actor actor, Outcome.Refused<PendingEnrolment> refused) {
    changes.refused(actor, "enrolment-approval-refused", refused.refusal());
  }

  private static Outcome<PendingEnrolment> waiting(Work work, ChangeId id) {
    return work.tx()
        .enrolments()
        .find(id)
        .filter(one -> one.livesAt(work.now()) && one.approved().isEmpty())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(DeviceRefusal.NOTHING_PENDING));
  }

  private static Outcome<Approved> administrator(Work work, Actor by, PendingEnrolment pending) {
    if (!(by instanceof Actor.Person(SubjectId person, var _))
        || person.equals(pending.subject())
        || !administers(work.tx(), person)) return Outcome.refused(DeviceRefusal.NOT_THE_APPROVER);
    return Outcome.done(new Approved(work.now(), person, Optional.empty()));
  }

  private static boolean administers(View view, SubjectId person) {
    return view.subject(person)
        .filter(Subject::active)
        .filter(one ->
            one.roles().contains(Role.ADMINISTRATOR) || one.roles().contains(Role.BREAK_GLASS))
        .isPresent();
  }

  private static Outcome<Approved> owner(Work work, DeviceId id, PendingEnrolment pending) {
    boolean may =
        pending.approver() == Approval.OWN_DEVICE
            && owns(work.tx(), id, pending)
            && work.tx().sessionsOf(id, work.now()).stream()
                .anyMatch(session -> session.subject().equals(pending.subject()));
    return may
        ? Outcome.done(new Approved(work.now(), pending.subject(), Optional.of(id)))
        : Outcome.refused(DeviceRefusal.NOT_THE_APPROVER);
  }

  private static boolean owns(View view, DeviceId id, PendingEnrolment pending) {
    return view.device(id)
        .filter(device -> device.active() && device.kind() == Device.Kind.PHONE)
        .filter(device -> device.subject().equals(pending.subject()))
        .flatMap(device -> view.subject(device.subject()))
        .filter(Subject::active)
        .isPresent();
  }

  private static PendingEnrolment settle(
      Work work, PendingEnrolment pending, Approved how, Answer answer, String cause) {
    var details = Map.of("id", pending.id().value(), "name", pending.name());
    return switch (answer) {
      case APPROVE -> {
        var approved = pending.approved(how);
        work.tx().enrolments().put(approved);
        work.note("device-enrolment-approved", cause, details, pending.subject());
        yield approved;
      }
      case REFUSE -> {
        work.tx().enrolments().remove(pending.id());
        work.note("device-enrolment-refused", cause, details, pending.subject());
        yield pending;
      }
    };
  }

  /// Whether somebody agreed to this enrolment, who still could; then the approval is spent.
  ///
  /// @param asked what is to be enrolled now
  static boolean spend(Work work, PendingEnrolment asked) {
    var approved =
        known(work, asked)
            .filter(one -> one.approved().filter(how -> stands(work, one, how)).isPresent());
    approved.ifPresent(one -> work.tx().enrolments().remove(one.id()));
    return approved.isPresent();
  }

  private static boolean stands(Work work, PendingEnrolment one, Approved how) {
    return how.device()
        .map(device -> one.approver() == Approval.OWN_DEVICE && owns(work.tx(), device, one))
        .orElseGet(() -> administers(work.tx(), how.by()));
  }

  private static Optional<PendingEnrolment> known(Work work, PendingEnrolment asked) {
    return work.tx()
        .enrolments()
        .find(asked.subject(), asked.key())
        .filter(one -> one.livesAt(work.now()))
        .filter(
            one -> one.approver() == asked.approver() && one.isFor(asked.name(), asked.showing()));
  }

  /// Lets an enrolment wait; one that waits already goes on waiting, and one that shows something
  /// else replaces what waited for its key.
  static Outcome<PendingEnrolment> await(Work work, PendingEnrolment asked) {
    var waits = known(work, asked).filter(one -> one.approved().isEmpty());
    if (waits.isPresent()) return Outcome.done(waits.get());
    var store = work.tx().enrolments();
    store.forget(work.now());
    store.find(asked.subject(), asked.key()).ifPresent(other -> store.remove(other.id()));
    if (store.of(asked.subject()).size() >= MOST_WAITING)
      return Outcome.refused(DeviceRefusal.TOO_MANY_PENDING);
    store.put(asked);
    work.note(
        "device-enrolment-pending",
        "the organisation's rules ask for approval",
        Map.of("id", asked.id().value(), "name", asked.name()),
        asked.subject());
    return Outcome.done(asked);
  }
}

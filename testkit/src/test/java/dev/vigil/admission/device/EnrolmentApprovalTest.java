// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import static dev.vigil.admission.device.DeviceScenes.because;
import static dev.vigil.admission.device.DeviceScenes.refusal;
import static dev.vigil.admission.device.DeviceScenes.value;
import static dev.vigil.admission.device.RuledScene.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Approvals.Answer;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.Device;
import dev.vigil.testkit.SoftwareKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A phone that somebody must agree to, and all who must not.
class EnrolmentApprovalTest {

  private final RuledScene scene = new RuledScene();
  private final DeviceScenes house = scene.house;
  private final Approvals approvals = new Approvals(house.changes);
  private final Enrolment byAdministrator =
      scene.under(RuledScene.approval(Approval.ADMINISTRATOR));
  private final Enrolment byOwner = scene.under(RuledScene.approval(Approval.OWN_DEVICE));
  private Subject root = house.subject("root");

  @BeforeEach
  void an_administrator() {
    root = scene.change(root.withRoles(Set.of(Role.ADMINISTRATOR)));
  }

  private Outcome<Issued> ask(Enrolment enrolment) {
    return scene.enrol(enrolment, house.alice, house.phone);
  }

  /// Alice's phone, waiting.
  private ChangeId waiting(Enrolment enrolment) {
    assertThat(refusal(ask(enrolment))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    return approvals.pending().getLast().id();
  }

  private Mandate mandate(Subject by) {
    var session = house.signedIn(by, SoftwareKey.generate());
    return new Mandate(new Actor.Person(by.id(), session.id()), new Reason("asked her"));
  }

  /// A phone that was enrolled before the rules, with a session on it.
  private Device enrolled(Subject person) {
    return value(scene.enrol(house.enrolment, person, SoftwareKey.generate())).device();
  }

  private List<Device> devices() {
    return house.store.read(view -> view.devices());
  }

  private String lastCode() {
    return house.sink.last().events().getLast().details().getOrDefault("code", "");
  }

  @Test
  void a_phone_waits_until_an_administrator_agrees_and_then_enrols_with_fresh_proof() {
    var id = waiting(byAdministrator);
    assertThat(house.lastEvents()).containsExactly("device-enrolment-pending");
    assertThat(devices()).isEmpty();
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    assertThat(approvals.pending()).hasSize(1);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    assertThat(house.lastEvents()).containsExactly("device-enrolment-approved");
    assertThat(devices()).isEmpty();
    assertThat(value(ask(byAdministrator)).device().key()).isEqualTo(house.phone.thumbprint());
    assertThat(approvals.pending()).isEmpty();
  }

  @Test
  void an_approval_is_good_for_one_key_and_one_enrolment() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    assertThat(refusal(scene.enrol(byAdministrator, house.alice, SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    assertThat(refusal(scene.enrol(byAdministrator, house.subject("mallory"), house.phone)))
        .isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    value(ask(byAdministrator));
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.KEY_KNOWN);
  }

  @Test
  void a_phone_that_shows_something_else_than_was_approved_waits_anew() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    var changed = saying("platform", "android");
    assertThat(refusal(scene.enrol(byAdministrator, house.alice, house.phone, changed)))
        .isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    assertThat(approvals.pending()).hasSize(1).noneMatch(one -> one.id().equals(id));
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
  }

  @Test
  void a_refused_enrolment_is_gone() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.REFUSE));
    assertThat(house.lastEvents()).containsExactly("device-enrolment-refused");
    assertThat(refusal(approvals.answer(mandate(root), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOTHING_PENDING);
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
  }

  @Test
  void it_is_answered_once() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    for (var answer : Answer.values())
      assertThat(refusal(approvals.answer(mandate(root), id, answer)))
          .isEqualTo(DeviceRefusal.NOTHING_PENDING);
  }

  @Test
  void after_a_day_nobody_can_agree_and_an_approval_is_good_no_longer() {
    var late = waiting(byAdministrator);
    house.time.pass(PendingEnrolment.LIFETIME);
    assertThat(refusal(approvals.answer(mandate(root), late, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOTHING_PENDING);
    assertThat(approvals.pending()).isEmpty();
    var approved = waiting(byAdministrator);
    value(approvals.answer(mandate(root), approved, Answer.APPROVE));
    house.time.pass(PendingEnrolment.LIFETIME);
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
  }

  @Test
  void an_invented_enrolment_is_not_approved() {
    var invented = ChangeId.random(house.entropy);
    assertThat(refusal(approvals.answer(mandate(root), invented, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOTHING_PENDING);
  }

  @Test
  void only_an_administrator_who_is_not_the_owner_agrees() {
    var id = waiting(byAdministrator);
    assertThat(refusal(approvals.answer(mandate(house.subject("bob")), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
    assertThat(house.lastEvents()).containsExactly("enrolment-approval-refused");
    assertThat(lastCode()).isEqualTo("enrol.not-the-approver");
    var alice = scene.change(house.alice.withRoles(Set.of(Role.ADMINISTRATOR)));
    assertThat(refusal(approvals.answer(mandate(alice), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
    assertThat(refusal(approvals.answer(because("system"), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
  }

  @Test
  void the_approval_of_an_administrator_who_is_none_any_more_is_worth_nothing() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    scene.change(root.withRoles(Set.of()));
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    assertThat(devices()).isEmpty();
  }

  @Test
  void the_owner_agrees_on_another_phone_that_is_enrolled() {
    var trusted = enrolled(house.alice);
    var id = waiting(byOwner);
    assertThat(approvals.waitingFor(house.alice.id())).hasSize(1);
    value(approvals.answer(trusted.id(), id, Answer.APPROVE));
    assertThat(approvals.waitingFor(house.alice.id())).isEmpty();
    value(ask(byOwner));
    assertThat(devices()).hasSize(2);
  }

  @Test
  void an_administrator_agrees_where_the_owner_may() {
    value(approvals.answer(mandate(root), waiting(byOwner), Answer.APPROVE));
    value(ask(byOwner));
  }

  @Test
  void the_owners_phone_does_not_agree_where_an_administrator_must() {
    var trusted = enrolled(house.alice);
    var id = waiting(byAdministrator);
    assertThat(approvals.waitingFor(house.alice.id())).isEmpty();
    assertThat(refusal(approvals.answer(trusted.id(), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
  }

  @Test
  void an_approval_by_the_owner_is_worth_nothing_once_an_administrator_must() {
    var trusted = enrolled(house.alice);
    value(approvals.answer(trusted.id(), waiting(byOwner), Answer.APPROVE));
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
  }

  @Test
  void another_persons_phone_does_not_agree() {
    var mallory = house.subject("mallory");
    var phone = enrolled(mallory);
    var id = waiting(byOwner);
    assertThat(approvals.waitingFor(mallory.id())).isEmpty();
    for (var answer : Answer.values())
      assertThat(refusal(approvals.answer(phone.id(), id, answer)))
          .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
    assertThat(approvals.pending()).hasSize(1);
  }

  @Test
  void a_phone_that_waits_is_no_device_and_cannot_agree_to_itself() {
    var id = waiting(byOwner);
    assertThat(house.store.<Boolean>read(v -> v.deviceOfKey(house.phone.thumbprint()).isEmpty()))
        .isTrue();
    var pretended = DeviceId.random(house.entropy);
    assertThat(refusal(approvals.answer(pretended, id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
  }

  @Test
  void a_revoked_phone_does_not_agree_and_what_it_agreed_to_is_worth_nothing() {
    var trusted = enrolled(house.alice);
    var id = waiting(byOwner);
    value(approvals.answer(trusted.id(), id, Answer.APPROVE));
    value(house.revocation.revokeDevice(because("stolen"), trusted.id()));
    assertThat(refusal(ask(byOwner))).isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    var again = approvals.pending().getLast().id();
    assertThat(refusal(approvals.answer(trusted.id(), again, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
  }

  @Test
  void a_phone_on_which_nobody_is_signed_in_does_not_agree() {
    var trusted = enrolled(house.alice);
    var id = waiting(byOwner);
    house.time.pass(PendingEnrolment.LIFETIME.minusMinutes(1));
    endSessions(trusted);
    assertThat(refusal(approvals.answer(trusted.id(), id, Answer.APPROVE)))
        .isEqualTo(DeviceRefusal.NOT_THE_APPROVER);
  }

  private void endSessions(Device device) {
    var live = house.store.read(view -> view.sessionsOf(device.id(), house.time.now()));
    for (Session session : live) value(house.sessions.revoke(because("signed out"), session.id()));
  }

  @Test
  void a_disabled_person_enrols_nothing_that_was_approved() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    var session = house.signedIn(house.alice, house.phone);
    var challenge = value(byAdministrator.challenge(session.id())).value();
    scene.change(house.alice.withActive(false));
    var request = house.request(session, DeviceScenes.answering(challenge, house.phone), challenge);
    assertThat(refusal(byAdministrator.enrol(request))).isEqualTo(DeviceRefusal.SUBJECT_DISABLED);
  }

  @Test
  void the_limit_holds_when_the_approved_phone_enrols_not_only_when_it_asks() {
    var id = waiting(byAdministrator);
    value(approvals.answer(mandate(root), id, Answer.APPROVE));
    for (int i = 0; i < 3; i++) enrolled(house.alice);
    assertThat(refusal(ask(byAdministrator))).isEqualTo(DeviceRefusal.TOO_MANY_DEVICES);
  }

  @Test
  void three_of_a_person_wait_and_no_more_until_they_are_answered_or_expire() {
    for (int i = 0; i < Approvals.MOST_WAITING; i++)
      assertThat(refusal(scene.enrol(byOwner, house.alice, SoftwareKey.generate())))
          .isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    assertThat(refusal(ask(byOwner))).isEqualTo(DeviceRefusal.TOO_MANY_PENDING);
    assertThat(house.lastEvents()).containsExactly("enrolment-refused");
    assertThat(refusal(scene.enrol(byOwner, house.subject("bob"), SoftwareKey.generate())))
        .isEqualTo(DeviceRefusal.APPROVAL_NEEDED);
    value(approvals.answer(mandate(root), approvals.pending().getFirst().id(), Answer.REFUSE));
    waiting(byOwner);
    house.time.pass(PendingEnrolment.LIFETIME);
    waiting(byOwner);
    assertThat(house.store.<Integer>read(view -> view.enrolments().all().size())).isEqualTo(1);
  }
}

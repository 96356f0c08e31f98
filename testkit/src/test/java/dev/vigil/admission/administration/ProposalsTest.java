// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.admission.administration.PublicationChecks.Kind;
import dev.vigil.admission.administration.PublicationChecks.Result;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Role;
import dev.vigil.kernel.ChangeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Policies that wait for a second person.
class ProposalsTest extends PublicationsScene {

  @Test
  void what_one_person_proposes_decides_once_a_second_person_approves_it() {
    var pending = proposed(alice, FIRST);
    assertThat(inForce()).isZero();
    assertThat(four.pending()).containsExactly(pending);
    assertThat(events("policy-proposed")).containsExactly(alice.id() + " because alice says so");
    var text = published(four.approve(by(bob), pending.id(), digest(FIRST))).text();
    assertThat(text)
        .returns(1L, PolicyText::version)
        .returns(FIRST, PolicyText::files)
        .returns(alice.id().value(), PolicyText::actor)
        .returns("because alice says so", PolicyText::reason);
    assertThat(scene.lastEvent())
        .returns("policy-published", SecurityEvent::type)
        .returns(bob.id().value(), SecurityEvent::actor);
    assertThat(scene.lastEvent().details())
        .containsEntry("author", alice.id().value())
        .containsEntry("approved_because", "because bob says so")
        .containsEntry("change", pending.id().value());
    assertThat(scene.sink.last(FactsSink.Change.OfPolicy.class).policies().version()).isEqualTo(1);
    assertThat(four.pending()).isEmpty();
  }

  @Test
  void nobody_approves_a_change_of_their_own_and_the_attempt_is_remembered() {
    var pending = proposed(alice, FIRST);
    assertThat(refusal(four.approve(by(alice), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.PENDING_OWN);
    assertThat(refusal(four.approve(scene.mandate, pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.PENDING_OWN);
    assertThat(events("policy-approval-refused")).hasSize(2);
    assertThat(inForce()).isZero();
    assertThat(four.pending()).hasSize(1);
  }

  @Test
  void an_approval_is_for_exactly_the_files_that_were_looked_at() {
    var pending = proposed(alice, FIRST);
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(SECOND))))
        .contains(AdministrationRefusal.PENDING_OTHER_FILES);
    assertThat(events("policy-approval-refused")).hasSize(1);
    scene.store.change(tx -> {
      tx.put(
          new PendingPolicy(
              pending.id(),
              SECOND,
              pending.basedOn(),
              pending.author(),
              pending.reason(),
              pending.details(),
              pending.proposedAt(),
              pending.expiresAt()));
      return true;
    });
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.PENDING_OTHER_FILES);
    assertThat(inForce()).isZero();
  }

  @Test
  void an_approval_counts_once() {
    var pending = proposed(alice, FIRST);
    published(four.approve(by(bob), pending.id(), digest(FIRST)));
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.NO_SUCH_PENDING);
    assertThat(refusal(four.approve(by(bob), ChangeId.random(scene.entropy), digest(FIRST))))
        .contains(AdministrationRefusal.NO_SUCH_PENDING);
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void a_proposal_that_nobody_approves_in_time_is_worth_nothing() {
    var pending = proposed(alice, FIRST);
    scene.time.pass(Duration.ofDays(3));
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.PENDING_EXPIRED);
    assertThat(four.pending()).isEmpty();
    var again = proposed(alice, FIRST);
    assertThat(events("policy-proposal-expired")).hasSize(1);
    published(four.approve(by(bob), again.id(), digest(FIRST)));
  }

  @Test
  void what_was_proposed_for_a_version_that_was_replaced_is_dropped() {
    var first = proposed(alice, FIRST);
    var second = proposed(bob, SECOND);
    published(four.approve(by(bob), first.id(), digest(FIRST)));
    assertThat(refusal(four.approve(by(alice), second.id(), digest(SECOND))))
        .contains(AdministrationRefusal.NO_SUCH_PENDING);
    assertThat(events("policy-superseded")).hasSize(1);
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void an_author_who_may_write_no_longer_has_proposed_nothing() {
    var pending = proposed(alice, FIRST);
    alice = done(scene.people.setRoles(scene.mandate, alice.id(), Set.of(Role.AUDITOR)));
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.PENDING_AUTHOR);
    assertThat(inForce()).isZero();
  }

  @Test
  void a_proposal_that_nobody_else_could_approve_is_refused_at_once() {
    var lonely = new AdministrationScene();
    var author = lonely.registered("carol", Role.ADMINISTRATOR);
    lonely.invited("dave", Role.ADMINISTRATOR);
    lonely.registered("eve", Role.AUDITOR);
    var mandate =
        new Mandate(
            new Actor.Person(author.id(), lonely.session(author).id()), new Reason("alone"));
    assertThat(
            refusal(
                lonely.publications(Publishing.Approval.SECOND_PERSON).apply(mandate, wish(FIRST))))
        .contains(AdministrationRefusal.NOBODY_TO_APPROVE);
  }

  @Test
  void a_proposal_that_locks_out_on_purpose_says_so_to_who_approves_it() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    var closed = Map.of("base.yaml", "forbid: {all: {app: any, when: 'true'}}");
    assertThat(refusal(four.apply(by(alice), wish(closed))))
        .contains(AdministrationRefusal.POLICY_LOCKOUT);
    var pending = ((Applied.Waiting) done(four.apply(by(alice), meant(closed)))).pending();
    assertThat(pending.details()).containsEntry("lockout_allowed", "EVERYBODY");
    published(four.approve(by(bob), pending.id(), digest(closed)));
  }

  @Test
  void checks_run_again_when_a_proposal_is_approved() {
    var pending = proposed(alice, FIRST);
    scene.checked(new Check(Kind.CASES, "a", new Result.Failed(List.of("no more"))));
    assertThat(done(four.approve(by(bob), pending.id(), digest(FIRST))))
        .isInstanceOf(Applied.Failed.class);
    assertThat(inForce()).isZero();
  }

  @Test
  void a_proposal_can_be_withdrawn_and_too_many_wait_for_nobody() {
    var pending = proposed(alice, FIRST);
    done(four.withdraw(by(alice), pending.id()));
    assertThat(refusal(four.approve(by(bob), pending.id(), digest(FIRST))))
        .contains(AdministrationRefusal.NO_SUCH_PENDING);
    assertThat(events("policy-withdrawn")).hasSize(1);
    for (int i = 0; i < 20; i++) proposed(alice, FIRST);
    assertThat(refusal(four.apply(by(alice), wish(FIRST))))
        .contains(AdministrationRefusal.TOO_MANY_PENDING);
  }

  @Test
  void other_names_or_other_bytes_are_another_digest() {
    assertThat(digest(Map.of("a.yaml", "x"))).isNotEqualTo(digest(Map.of("b.yaml", "x")));
    assertThat(digest(Map.of("a.yaml", "x"))).isNotEqualTo(digest(Map.of("a.yaml", "x ")));
    assertThat(digest(Map.of("a.yaml", "b.yaml", "c.yaml", "")))
        .isNotEqualTo(digest(Map.of("a.yaml", "", "b.yaml", "c.yaml")));
  }
}

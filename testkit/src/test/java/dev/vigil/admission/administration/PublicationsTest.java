// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.App;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.admission.administration.PublicationChecks.Kind;
import dev.vigil.admission.administration.PublicationChecks.Result;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.admission.administration.Publications.OnLockout;
import dev.vigil.admission.administration.Publications.Planned;
import dev.vigil.admission.administration.Publications.Wish;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How policies come to decide: planned, checked, approved, rolled back.
class PublicationsTest {

  private static final String SOUND =
      """
      permit:
        staff:
          app: mobile-bank
          who: subject.population == "employee"
      """;
  private static final Map<String, String> FIRST = Map.of("base.yaml", SOUND);
  private static final Map<String, String> SECOND =
      Map.of(
          "base.yaml",
          SOUND.replace("\"employee\"", "\"employee\" && level(\"active\")"),
          "more.yaml",
          "level: {active: subject.active}\n");

  private final AdministrationScene scene = new AdministrationScene();
  private final Publications alone = scene.publications;
  private final Publications four = scene.publications(Publishing.Approval.SECOND_PERSON);
  private Subject alice = scene.registered("alice", Role.POLICY_AUTHOR);
  private final Subject bob = scene.registered("bob", Role.ADMINISTRATOR);

  @BeforeEach
  void mobileBank() {
    app("mobile-bank", Set.of());
  }

  private void app(String id, Set<String> tags) {
    scene.changes.commit(
        Actor.SYSTEM,
        work -> {
          var app =
              new App(
                  new AppId(id),
                  id + ".example",
                  URI.create("http://127.0.0.1:1"),
                  "normal",
                  tags,
                  List.of());
          work.tx().put(app);
          return work.event("app-changed", "test", Map.of(), app.id());
        });
  }

  private Mandate by(Subject subject) {
    return new Mandate(
        new Actor.Person(subject.id(), scene.session(subject).id()),
        new Reason("because " + subject.userName() + " says so"));
  }

  private static Wish wish(Map<String, String> files) {
    return new Wish(files, OptionalLong.empty(), OnLockout.REFUSE);
  }

  private static Wish meant(Map<String, String> files) {
    return new Wish(files, OptionalLong.empty(), OnLockout.ALLOW);
  }

  private static Applied.Published published(Outcome<Applied> applied) {
    var done = done(applied);
    assertThat(done).isInstanceOf(Applied.Published.class);
    return (Applied.Published) done;
  }

  private PendingPolicy proposed(Subject author, Map<String, String> files) {
    return ((Applied.Waiting) done(four.apply(by(author), wish(files)))).pending();
  }

  private static Sha256 digest(Map<String, String> files) {
    return done(PolicyFiles.of(files)).digest();
  }

  private long inForce() {
    return scene.policies.history(1).stream().mapToLong(PolicyText::version).findFirst().orElse(0);
  }

  private List<String> events(String type) {
    return scene.events().stream()
        .filter(event -> event.type().equals(type))
        .map(event -> event.actor() + " " + event.cause())
        .toList();
  }

  @Test
  void a_plan_names_files_and_rules_that_would_change_and_changes_nothing() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    int events = scene.events().size();
    var plan = ((Planned.Plannable) done(alone.plan(SECOND))).plan();
    assertThat(plan.changes()).isTrue();
    assertThat(plan.basedOn()).isEqualTo(1);
    assertThat(plan.differences())
        .containsExactly(
            new Difference(Difference.What.FILE, "base.yaml", Difference.Kind.CHANGED),
            new Difference(Difference.What.FILE, "more.yaml", Difference.Kind.ADDED),
            new Difference(Difference.What.PERMIT, "staff", Difference.Kind.CHANGED));
    assertThat(((Planned.Plannable) done(alone.plan(FIRST))).plan().changes()).isFalse();
    assertThat(scene.events()).hasSize(events);
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void a_comment_changes_a_file_and_no_rule() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    var plan =
        ((Planned.Plannable) done(alone.plan(Map.of("base.yaml", "# why\n" + SOUND)))).plan();
    assertThat(plan.differences())
        .containsExactly(
            new Difference(Difference.What.FILE, "base.yaml", Difference.Kind.CHANGED));
  }

  @Test
  void cases_and_properties_are_published_with_the_policies_and_do_not_decide() {
    var files =
        Map.of(
            "base.yaml", SOUND,
            "base.test.yaml", "cases: []",
            "bank.properties.yaml", "never: {}");
    assertThat(published(alone.apply(scene.mandate, wish(files))).text().files()).isEqualTo(files);
    assertThat(scene.policies.inForce()).isInstanceOf(Policies.InForce.Deciding.class);
  }

  @Test
  void a_failed_case_or_proof_refuses_the_publication_with_every_problem() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    scene.checked(
        new Check(Kind.CASES, "a.test.yaml", new Result.Failed(List.of("case 1", "case 2"))),
        new Check(Kind.CASES, "b.test.yaml", new Result.Passed()),
        new Check(Kind.PROOF, "c.properties.yaml", new Result.Failed(List.of("not proven"))));
    var failed = (Applied.Failed) done(alone.apply(scene.mandate, wish(SECOND)));
    assertThat(failed.checks().stream().flatMap(Check::problems))
        .containsExactly(
            "a.test.yaml: case 1", "a.test.yaml: case 2", "c.properties.yaml: not proven");
    assertThat(done(alone.rollback(scene.mandate, 1, OnLockout.REFUSE)))
        .isInstanceOf(Applied.Failed.class);
    assertThat(done(four.apply(by(alice), wish(SECOND)))).isInstanceOf(Applied.Failed.class);
    assertThat(inForce()).isEqualTo(1);
    var plan = ((Planned.Plannable) done(alone.plan(SECOND))).plan();
    assertThat(plan.passed()).isFalse();
  }

  @Test
  void in_an_emergency_an_earlier_version_decides_at_once_and_everybody_can_see_it() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    published(alone.apply(scene.mandate, wish(SECOND)));
    scene.checked(new Check(Kind.CASES, "a", new Result.Failed(List.of("it fails"))));
    var back = published(four.rollbackInEmergency(by(bob), 1));
    assertThat(back.text()).returns(3L, PolicyText::version).returns(FIRST, PolicyText::files);
    assertThat(events("policy-emergency")).containsExactly(bob.id() + " because bob says so");
    assertThat(scene.lastEvent().details())
        .containsEntry("emergency", "true")
        .containsEntry("rolled_back_to", "1");
  }

  @Test
  void a_set_that_denies_everyone_everything_is_refused_unless_it_is_meant() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    for (var closing :
        List.of(
            Map.of("base.yaml", "forbid: {all: {app: any, when: 'true'}}\n" + SOUND),
            Map.of("base.yaml", "level: {x: subject.active}\n"),
            Map.of("base.yaml", SOUND.replace("employee", "agent")),
            Map.of(
                "base.yaml",
                SOUND
                    .replace("permit:\n", "permit:\n")
                    .replace("    who", "    mode: report\n    who")))) {
      assertThat(refusal(alone.apply(scene.mandate, wish(closing))))
          .as(closing.toString())
          .contains(AdministrationRefusal.POLICY_LOCKOUT);
      assertThat(((Planned.Plannable) done(alone.plan(closing))).plan().lockout())
          .contains(Lockout.EVERYBODY);
    }
    assertThat(inForce()).isEqualTo(1);
    published(
        alone.apply(
            scene.mandate, meant(Map.of("base.yaml", "forbid: {all: {app: any, when: 'true'}}"))));
    assertThat(scene.lastEvent().details()).containsEntry("lockout_allowed", "EVERYBODY");
  }

  @Test
  void whoever_is_only_asked_to_sign_in_again_or_to_fix_the_phone_is_not_locked_out() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    var strict =
        """
        permit:
          staff:
            app: mobile-bank
            who: subject.population == "employee"
            require:
              - name: fresh
                if: device.compliant && device.patch_date >= date("2020-01-01")
                fix: update-os
        strength: {sure: {any_of: [passkey]}}
        """;
    assertThat(refusal(alone.apply(scene.mandate, wish(Map.of("base.yaml", strict))))).isEmpty();
  }

  @Test
  void administrators_are_not_locked_out_of_the_apps_they_administer_with() {
    app("console", Set.of("administration"));
    var files =
        Map.of(
            "base.yaml",
            SOUND + "  admins:\n    app: console\n    who: '\"administrator\" in subject.roles'\n");
    published(alone.apply(scene.mandate, wish(files)));
    assertThat(refusal(alone.apply(scene.mandate, wish(FIRST))))
        .contains(AdministrationRefusal.POLICY_LOCKOUT);
    published(alone.apply(scene.mandate, meant(FIRST)));
    assertThat(scene.lastEvent().details()).containsEntry("lockout_allowed", "ADMINISTRATORS");
  }

  @Test
  void the_first_policies_lock_nobody_out_whatever_they_say() {
    published(alone.apply(scene.mandate, wish(Map.of("base.yaml", "level: {x: subject.active}"))));
  }

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
  void of_two_who_write_for_the_same_version_one_is_told_plainly() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    var base = OptionalLong.of(1);
    published(alone.apply(scene.mandate, new Wish(SECOND, base, OnLockout.REFUSE)));
    assertThat(refusal(alone.apply(scene.mandate, new Wish(FIRST, base, OnLockout.REFUSE))))
        .contains(AdministrationRefusal.POLICY_CHANGED);
    assertThat(inForce()).isEqualTo(2);
  }

  @Test
  void other_names_or_other_bytes_are_another_digest() {
    assertThat(digest(Map.of("a.yaml", "x"))).isNotEqualTo(digest(Map.of("b.yaml", "x")));
    assertThat(digest(Map.of("a.yaml", "x"))).isNotEqualTo(digest(Map.of("a.yaml", "x ")));
    assertThat(digest(Map.of("a.yaml", "b.yaml", "c.yaml", "")))
        .isNotEqualTo(digest(Map.of("a.yaml", "", "b.yaml", "c.yaml")));
  }
}

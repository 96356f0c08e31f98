// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.admission.administration.PublicationChecks.Kind;
import dev.vigil.admission.administration.PublicationChecks.Result;
import dev.vigil.admission.administration.Publications.Applied;
import dev.vigil.admission.administration.Publications.OnLockout;
import dev.vigil.admission.administration.Publications.Planned;
import dev.vigil.admission.administration.Publications.Wish;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Publishing policies: what is planned, checked, and refused because it would lock people out.
class PublicationsTest extends PublicationsScene {

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
  void of_two_who_write_for_the_same_version_one_is_told_plainly() {
    published(alone.apply(scene.mandate, wish(FIRST)));
    var base = OptionalLong.of(1);
    published(alone.apply(scene.mandate, new Wish(SECOND, base, OnLockout.REFUSE)));
    assertThat(refusal(alone.apply(scene.mandate, new Wish(FIRST, base, OnLockout.REFUSE))))
        .contains(AdministrationRefusal.POLICY_CHANGED);
    assertThat(inForce()).isEqualTo(2);
  }
}

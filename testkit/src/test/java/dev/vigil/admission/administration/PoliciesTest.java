// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.administration.Publications.OnLockout;
import dev.vigil.audit.SecurityEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What decides, and how it changes.
class PoliciesTest {

  private static final String SOUND =
      """
      permit:
        staff:
          app: mobile-bank
          who: subject.population == "employee"
      """;
  private static final String BROKEN =
      """
      permit:
        staff:
          app: mobile-bank
          who: subject.popluation == "employee"
        others:
          who: nonsense(
      """;

  private final AdministrationScene scene = new AdministrationScene();
  private final Policies policies = scene.policies;

  private Publications.Applied apply(Map<String, String> files) {
    return done(scene.publications.apply(scene.mandate, wish(files, OptionalLong.empty())));
  }

  private static Publications.Wish wish(Map<String, String> files, OptionalLong basedOn) {
    return new Publications.Wish(files, basedOn, OnLockout.REFUSE);
  }

  private static Publications.Applied.Published sound(Publications.Applied applied) {
    return (Publications.Applied.Published) applied;
  }

  @Test
  void applied_policies_are_the_next_version_and_go_out_with_the_commit() {
    var applied = sound(apply(Map.of("base.yaml", SOUND)));
    assertThat(applied.text().version()).isEqualTo(1);
    assertThat(applied.differences())
        .containsExactly(
            new Difference(Difference.What.FILE, "base.yaml", Difference.Kind.ADDED),
            new Difference(Difference.What.PERMIT, "staff", Difference.Kind.ADDED));
    assertThat(scene.lastEvent())
        .returns("policy-published", SecurityEvent::type)
        .returns("1", event -> event.details().get("version"));
    assertThat(scene.sink.last(FactsSink.Change.OfPolicy.class).policies().version()).isEqualTo(1);
    assertThat(sound(apply(Map.of("base.yaml", SOUND + "\n"))).text().version()).isEqualTo(2);
    assertThat(scene.sink.last(FactsSink.Change.OfPolicy.class).policies().version()).isEqualTo(2);
  }

  @Test
  void policies_with_problems_change_nothing_and_every_problem_is_told_with_its_place() {
    apply(Map.of("base.yaml", SOUND));
    int events = scene.events().size();
    var problems =
        ((Publications.Applied.Unsound)
                apply(Map.of("base.yaml", BROKEN, "more.yaml", "permits: {}")))
            .problems();
    assertThat(problems)
        .hasSizeGreaterThan(1)
        .allSatisfy(problem ->
            assertThat(problem.toString()).matches("(base|more)\\.yaml:[0-9]+:[0-9]+: .*"));
    assertThat(done(policies.show()).version()).isEqualTo(1);
    assertThat(scene.events()).hasSize(events);
    assertThat(scene.sink.last(FactsSink.Change.OfPolicy.class).policies().version()).isEqualTo(1);
  }

  @Test
  void a_check_tells_the_same_and_publishes_nothing() {
    apply(Map.of("base.yaml", SOUND));
    assertThat(done(scene.publications.plan(Map.of("base.yaml", BROKEN))))
        .isInstanceOf(Publications.Planned.Unsound.class);
    var checked =
        (Publications.Planned.Plannable) done(scene.publications.plan(Map.of("other.yaml", SOUND)));
    assertThat(checked.plan().differences())
        .extracting(Difference::kind)
        .containsExactly(Difference.Kind.REMOVED, Difference.Kind.ADDED);
    assertThat(policies.history(10)).hasSize(1);
  }

  @Test
  void policies_written_against_an_older_version_do_not_overwrite_a_newer_one() {
    apply(Map.of("base.yaml", SOUND));
    apply(Map.of("base.yaml", SOUND + "\n"));
    assertThat(
            refusal(
                scene.publications.apply(
                    scene.mandate, wish(Map.of("base.yaml", SOUND), OptionalLong.of(1)))))
        .contains(AdministrationRefusal.POLICY_CHANGED);
    assertThat(
            sound(
                    done(
                        scene.publications.apply(
                            scene.mandate, wish(Map.of("base.yaml", SOUND), OptionalLong.of(2)))))
                .text()
                .version())
        .isEqualTo(3);
  }

  @Test
  void rolling_back_publishes_the_old_files_as_a_new_version() {
    apply(Map.of("base.yaml", SOUND));
    apply(Map.of("base.yaml", SOUND + "\n\n"));
    var back = sound(done(scene.publications.rollback(scene.mandate, 1, OnLockout.REFUSE)));
    assertThat(back.text())
        .returns(3L, PolicyText::version)
        .returns(Map.of("base.yaml", SOUND), PolicyText::files);
    assertThat(scene.lastEvent().details())
        .containsEntry("rolled_back_to", "1")
        .containsEntry("version", "3");
    assertThat(policies.history(10)).extracting(PolicyText::version).containsExactly(3L, 2L, 1L);
    assertThat(refusal(scene.publications.rollback(scene.mandate, 9, OnLockout.REFUSE)))
        .contains(AdministrationRefusal.NO_SUCH_VERSION);
  }

  @Test
  void what_is_in_force_is_compiled_again_when_the_server_starts() {
    assertThat(policies.inForce()).isInstanceOf(Policies.InForce.None.class);
    apply(Map.of("base.yaml", SOUND));
    assertThat(policies.inForce())
        .isInstanceOfSatisfying(
            Policies.InForce.Deciding.class,
            found -> assertThat(found.policies().version()).isEqualTo(1));
    scene.store.change(tx -> {
      tx.put(
          new PolicyText(
              2,
              Map.of("base.yaml", BROKEN),
              "system",
              "a newer release wrote this",
              scene.time.now()));
      return true;
    });
    assertThat(policies.inForce())
        .isInstanceOfSatisfying(
            Policies.InForce.Broken.class, found -> assertThat(found.version()).isEqualTo(2));
  }

  @Test
  void files_with_strange_names_or_too_much_in_them_are_refused_before_they_are_read() {
    for (var name :
        List.of(
            "../base.yaml",
            "base.txt",
            "a/b.yaml",
            ".yaml",
            "base.yaml\n",
            "",
            "b\u0430se.yaml",
            "x".repeat(200) + ".yaml")) {
      assertThat(refusal(scene.publications.plan(Map.of(name, SOUND))))
          .as(name)
          .contains(AdministrationRefusal.POLICY_FILES);
    }
    assertThat(refusal(scene.publications.plan(Map.of())))
        .contains(AdministrationRefusal.POLICY_FILES);
    assertThat(refusal(scene.publications.plan(Map.of("big.yaml", "#".repeat(300_000)))))
        .contains(AdministrationRefusal.POLICY_FILES);
    var many = new HashMap<String, String>();
    for (int i = 0; i < 65; i++) many.put("p" + i + ".yaml", SOUND);
    assertThat(refusal(scene.publications.plan(many))).contains(AdministrationRefusal.POLICY_FILES);
  }

  @Test
  void hostile_text_is_a_problem_and_never_a_crash() {
    for (var text :
        List.of(
            "\u0000",
            "&a [*a]",
            "{".repeat(5_000),
            "permit: &x {a: *x}",
            "!!java.net.URL [x]",
            "- a\n- b",
            "permit: 1",
            "\ud800")) {
      assertThat(done(scene.publications.plan(Map.of("base.yaml", text))))
          .as(text)
          .isInstanceOf(Publications.Planned.Unsound.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.access.Advice;
import dev.vigil.access.Adviser;
import dev.vigil.access.World;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.Sentence;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.Policies;
import dev.vigil.testkit.SeededEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The policies decide about sign-ins at apps as they do at the gateway, device included.
class PolicyDecisionsTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(3);

  @Test
  void nothing_is_permitted_without_policies_and_every_decision_is_recorded() {
    var records = new ArrayList<Advice>();
    var world = new World(nothing());
    var decisions =
        new PolicyDecisions(
            world, new Adviser(world, entropy), (_, advice) -> records.add(advice), time);
    var answer =
        decisions.decide(
            new AppDecisions.Asked(
                "payroll-web",
                new AppId("payroll"),
                SubjectId.random(entropy),
                SessionId.random(entropy),
                Optional.of(DeviceId.random(entropy)),
                Optional.of("192.0.2.1")));
    assertThat(answer).isInstanceOf(AppDecisions.Denied.class);
    assertThat(records.getFirst().reference().value()).isEqualTo(answer.reference());
  }

  @Test
  void what_cannot_be_recorded_is_denied() {
    var decisions =
        new PolicyDecisions(
            new World(nothing()),
            new Adviser(new World(nothing()), entropy),
            (_, _) -> false,
            time);
    var asked =
        new AppDecisions.Asked(
            "payroll-web",
            new AppId("payroll"),
            SubjectId.random(entropy),
            SessionId.random(entropy),
            Optional.empty(),
            Optional.of("not an address"));
    assertThat(decisions.decide(asked)).isInstanceOf(AppDecisions.Denied.class);
  }

  private AppDecisions.Answer decided(String rooted, Decision whenSound) {
    var rootedFact = FactsSchema.standard().find("device.rooted").orElseThrow();
    var world =
        new World(
            Policies.deciding(request ->
                Boolean.FALSE.equals(request.device().value(rootedFact))
                    ? whenSound
                    : new Decision.Remediate(
                        Policies.basis(),
                        List.of(new Step.Fix("unroot", Sentence.of("Use a sound phone."))))));
    var alice = SubjectId.random(entropy);
    var device = DeviceId.random(entropy);
    var session = SessionId.random(entropy);
    var seen = new Evidence(EvidenceTier.ATTESTED, time.now());
    world.put(
        new World.DeviceSnapshot(
            device,
            alice,
            Facts.about(Entity.DEVICE, device.value(), 1)
                .put("device.rooted", Boolean.valueOf(rooted), seen)
                .build(),
            Map.of()));
    world.put(
        new World.SessionSnapshot(
            session,
            alice,
            Optional.empty(),
            Facts.unknown(Entity.AUTHENTICATION),
            time.now().plusSeconds(60)));
    return new PolicyDecisions(world, new Adviser(world, entropy), (_, _) -> true, time)
        .decide(
            new AppDecisions.Asked(
                "payroll",
                new AppId("payroll"),
                alice,
                session,
                Optional.of(device),
                Optional.of("192.0.2.1")));
  }

  @Test
  void an_app_is_refused_to_a_rooted_phone_and_the_person_is_told_what_to_fix() {
    assertThat(decided("false", Policies.allow())).isInstanceOf(AppDecisions.Allowed.class);
    var refused = decided("true", Policies.allow());
    assertThat(refused).isInstanceOf(AppDecisions.Remediate.class);
    assertThat(((AppDecisions.Remediate) refused).steps())
        .containsExactly(new AppDecisions.Fix("unroot", "Use a sound phone."));
  }

  @Test
  void who_may_only_read_is_denied_because_an_app_cannot_be_held_to_it() {
    var readOnly = new Obligations(true, false, Optional.empty(), Set.of(), Optional.empty());
    assertThat(decided("false", Policies.allow(readOnly))).isInstanceOf(AppDecisions.Denied.class);
  }

  @Test
  void a_step_up_names_the_strongest_wish_and_a_transaction_is_no_sign_in() {
    var strong = new Step.Authenticate("passkey-hardware", 600, false, Sentence.of("Again."));
    var weak = new Step.Authenticate("passkey", -1, false, Sentence.NONE);
    var answer = decided("false", new Decision.StepUp(Policies.basis(), List.of(weak, strong)));
    assertThat(answer).isInstanceOf(AppDecisions.StepUp.class);
    assertThat(((AppDecisions.StepUp) answer).strength()).contains(Strength.PASSKEY_HARDWARE);
    assertThat(((AppDecisions.StepUp) answer).maxAge()).contains(600L);
    var transaction = new Step.Authenticate("passkey", -1, true, Sentence.NONE);
    assertThat(decided("false", new Decision.StepUp(Policies.basis(), List.of(transaction))))
        .isInstanceOf(AppDecisions.Denied.class);
  }

  @Test
  void people_are_told_which_facts_the_rules_look_at() {
    var file = new PolicySource("p.yaml", "forbid: {rooted: {app: any, when: device.rooted}}\n");
    var world = new World(read(List.of(file)));
    var decisions = new PolicyDecisions(world, new Adviser(world, entropy), (_, _) -> true, time);
    assertThat(decisions.factsLookedAt())
        .contains("device.rooted")
        .doesNotContain("device.screen_lock");
  }

  private static PolicySet nothing() {
    return read(List.of());
  }

  private static PolicySet read(List<PolicySource> files) {
    return switch (PolicyReader.read(files, 0)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }
}

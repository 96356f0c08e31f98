// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Corners of the meaning, one small policy each.
class DecidingTest {

  private static final String STRENGTHS =
      """
      strength:
        passkey: {any_of: [passkey, passkey-hardware]}
        hardware: {any_of: [passkey-hardware]}
        verified: {any_of: [passkey, passkey-hardware], user_verified: true}
      """;

  private static Scene app() {
    return Scene.empty().with("app.id", "x").with("subject.id", "s");
  }

  @Test
  void one_authentication_is_asked_for_that_serves_all_requirements() {
    var policy =
        Scene.policy(
            STRENGTHS
                + """
                permit:
                  p:
                    app: x
                    who: 'true'
                    require:
                      - {strength: passkey, max_age: 8h, text: First.}
                guard:
                  g:
                    app: x
                    require:
                      - {strength: hardware, text: Second.}
                      - {max_age: 5m, text: Third.}
                      - {transaction: approved, text: Fourth.}
                """);
    var decision = policy.decide(app().request());
    assertThat(decision).isInstanceOf(Decision.StepUp.class);
    assertThat(((Decision.StepUp) decision).steps())
        .containsExactly(new Step.Authenticate("hardware", 300, true, Sentence.of("Second.")));
    assertThat(decision.basis().reasons()).hasSize(4);
  }

  @Test
  void what_no_authentication_could_serve_is_denied() {
    var policy =
        Scene.policy(
            STRENGTHS
                + "permit:\n"
                + "  p:\n"
                + "    app: x\n"
                + "    who: 'true'\n"
                + "    require:\n"
                + "      - {strength: hardware, text: One.}\n"
                + "      - {strength: verified, text: Two.}\n");
    assertThat(policy.decide(app().request()))
        .as("no strength implies both")
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void a_step_that_would_not_help_is_not_offered() {
    var policy =
        Scene.policy(
            STRENGTHS
                + """
                permit:
                  p:
                    app: x
                    who: 'true'
                    require:
                      - if: authentication.biometric
                        authenticate: {strength: passkey}
                        text: Use your finger.
                """);
    assertThat(policy.decide(app().request()))
        .as("a passkey need not be biometric")
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void a_step_is_not_offered_if_a_forbid_would_then_apply() {
    var policy =
        Scene.policy(
            STRENGTHS
                + """
                permit:
                  p: {app: x, who: 'true', require: [{strength: passkey, text: Sign in.}]}
                forbid:
                  f: {app: x, when: authentication.strength == "passkey"}
                """);
    assertThat(policy.decide(app().with("authentication.strength", "none").request()))
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void the_way_with_fewer_steps_is_offered() {
    var policy =
        Scene.policy(
            STRENGTHS
                + """
                permit:
                  long:
                    app: x
                    who: 'true'
                    require:
                      - {if: device.encrypted, fix: encrypt, text: Encrypt.}
                      - {strength: passkey, text: Sign in.}
                  short:
                    app: x
                    who: 'true'
                    require:
                      - {strength: hardware, text: Use your key.}
                    restrict: {read_only: true}
                """);
    var decision = policy.decide(app().request());
    assertThat(decision).isInstanceOf(Decision.StepUp.class);
    assertThat(((Decision.StepUp) decision).steps())
        .extracting(Step.Authenticate::strength)
        .containsExactly("hardware");
  }

  @Test
  void restrictions_of_guards_join_and_what_leaves_nothing_denies() {
    var policy =
        Scene.policy(
            """
            permit:
              p: {app: x, who: 'true', restrict: {methods: [GET, POST, PUT], maximum_age: 8h}}
            guard:
              a: {app: x, when: device.rooted, restrict: {methods: [GET, POST]}}
              b: {app: x, when: device.managed, restrict: {methods: [POST, PUT], maximum_age: 1h}}
              c: {app: x, when: device.corporate, restrict: {methods: [GET, PUT]}}
            """);
    var two =
        (Decision.Allow)
            policy.decide(
                app()
                    .with("device.rooted", true)
                    .with("device.managed", true)
                    .with("device.corporate", false)
                    .request());
    assertThat(two.obligations().methods()).containsExactly("POST");
    assertThat(two.obligations().maximumAge()).contains(Duration.ofHours(1));
    assertThat(policy.decide(app().request()))
        .as("unknown counts: all three apply")
        .isInstanceOf(Decision.Deny.class);
  }

  @Test
  void a_growing_share_keeps_everyone_it_had() {
    var tenth = Scene.policy("permit:\n  p: {app: x, who: 'true', rollout: 10%}\n");
    var half = Scene.policy("permit:\n  p: {app: x, who: 'true', rollout: 50%}\n");
    int inTenth = 0;
    for (int i = 0; i < 2000; i++) {
      var request = app().with("subject.id", "s" + i).request();
      if (!tenth.decide(request).allows()) continue;
      inTenth++;
      assertThat(half.decide(request).allows()).isTrue();
    }
    assertThat(inTenth).isBetween(140, 260);
    assertThat(tenth.decide(app().without("subject.id").request()).allows()).isFalse();
  }

  @Test
  void an_app_is_found_by_id_tag_and_sensitivity() {
    var policy =
        Scene.policy(
            """
            permit:
              by-tag: {app: {tag: [open, public]}, who: 'true'}
              by-sensitivity: {app: {sensitivity: low, id: [x, y]}, who: 'true'}
            """);
    assertThat(policy.decide(app().with("app.tags", List.of("public")).request()).allows())
        .isTrue();
    assertThat(policy.decide(app().with("app.sensitivity", "low").request()).allows()).isTrue();
    assertThat(
            policy
                .decide(app().with("app.id", "z").with("app.sensitivity", "low").request())
                .allows())
        .isFalse();
    assertThat(
            policy
                .decide(app().without("app.id").with("app.sensitivity", "low").request())
                .allows())
        .isFalse();
    assertThat(policy.decide(app().request()).allows()).isFalse();
  }

  @Test
  void a_guard_about_one_app_applies_when_the_app_is_unknown() {
    var policy =
        Scene.policy(
            "permit:\n"
                + "  p: {app: any, who: 'true'}\n"
                + "guard:\n"
                + "  g: {app: x, require: [{if: device.managed}]}\n");
    assertThat(policy.decide(app().without("app.id").request()).allows()).isFalse();
    assertThat(policy.decide(app().with("app.id", "y").request()).allows()).isTrue();
  }

  @Test
  void a_person_who_did_not_authenticate_has_no_authentication_age() {
    var policy =
        Scene.policy(
            "permit:\n  p: {app: x, who: 'true', require: [{max_age: 8h, text: Sign in.}]}\n");
    assertThat(policy.decide(app().with("authentication.strength", "none").request()))
        .isInstanceOf(Decision.StepUp.class);
    assertThat(
            policy.decide(app().with("authentication.strength", "certificate").request()).allows())
        .isTrue();
  }

  @Test
  void evidence_at_the_end_of_time_does_not_stop_a_decision() {
    var policy =
        Scene.policy("permit:\n  p: {app: x, who: age(device.rooted) < duration(\"8h\")}\n");
    for (var age :
        List.of(
            Duration.between(Instant.MAX.minusSeconds(9), Scene.NOW),
            Duration.between(Instant.MIN.plusSeconds(9), Scene.NOW))) {
      var request =
          app().with("device.rooted", false, dev.vigil.kernel.EvidenceTier.REPORTED, age).request();
      assertThat(policy.decide(request).basis().policyVersion()).isEqualTo(7);
    }
  }

  @Test
  void more_missing_than_could_be_tried_in_every_way_is_still_told() {
    var fixes = new StringBuilder();
    for (var fact :
        List.of(
            "active",
            "managed",
            "corporate",
            "compliant",
            "encrypted",
            "screen_lock",
            "secure_boot",
            "hardware_key")) {
      fixes
          .append("      - {if: device.")
          .append(fact)
          .append(", fix: fix-")
          .append(fact.replace('_', '-'))
          .append(", text: Fix it.}\n");
    }
    var policy =
        Scene.policy(
            "permit:\n  p:\n    app: x\n    who: 'true'\n    require:\n"
                + fixes
                + "      - {if: device.os_version >= version(\"17\"), fix: update, text: Update.}\n"
                + "      - {if: device.os_version > version(\"16.9\") && device.threat_level =="
                + " \"none\", fix: update, text: Update.}\n");
    var decision = policy.decide(app().request());
    assertThat(decision).isInstanceOf(Decision.Remediate.class);
    assertThat(((Decision.Remediate) decision).steps()).hasSize(9);
  }

  @Test
  void a_forbid_about_nobody_still_applies_when_nothing_is_known() {
    var policy =
        Scene.policy(
            "permit: {p: {app: x, who: 'true'}}\n"
                + "forbid: {f: {app: x, when: 'subject.population in []'}}\n");
    assertThat(policy.decide(app().request()).allows()).isFalse();
    assertThat(policy.decide(app().with("subject.population", "employee").request()).allows())
        .isTrue();
  }

  @Test
  void what_is_not_a_number_is_not_known_to_be_among_numbers() {
    var policy =
        Scene.policy("permit: {p: {app: x, who: '!(risk.session_score in [0.0, 0.5])'}}\n");
    assertThat(policy.decide(app().with("risk.session_score", 0.7).request()).allows()).isTrue();
    for (double score : new double[] {Double.NaN, -0.0, 0.5})
      assertThat(policy.decide(app().with("risk.session_score", score).request()).allows())
          .isFalse();
  }

  @Test
  void an_answer_that_depends_on_the_day_of_a_fix_ends_with_the_day() {
    var policy =
        Scene.policy(
            """
            permit:
              p:
                app: x
                who: 'true'
                require: [{if: since(device.patch_date) < duration("1h"), fix: update-os, text: Update.}]
            """);
    var decision = policy.decide(app().request());
    assertThat(decision).as("the day began ten hours ago").isInstanceOf(Decision.Deny.class);
    assertThat(decision.basis().validUntil()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(policy.decide(app().request().at(Instant.parse("2026-11-23T00:00:00Z"))))
        .isInstanceOf(Decision.Remediate.class);
  }

  @Test
  void a_fix_that_cannot_make_a_day_recent_enough_leaves_the_other_one() {
    var policy =
        Scene.policy(
            """
            permit:
              p:
                app: x
                who: 'true'
                require:
                  - if: since(device.patch_date) < duration("1h") || device.managed
                    fix: enrol
                    text: Enrol.
            """);
    assertThat(policy.decide(app().request())).isInstanceOf(Decision.Remediate.class);
  }

  @Test
  void the_ends_of_time_do_not_stop_a_decision() {
    var policy =
        Scene.policy(
            """
            window:
              w: {zone: Europe/Zurich, from: "22:00", to: "06:00"}
            permit:
              p:
                app: x
                who: during("w") || time <= timestamp("+1000000000-12-31T23:59:59.999999999Z")
                require:
                  - if: since(device.patch_date) < duration("90d") || device.patch_date > date("+999999999-12-31")
                    fix: update-os
                    text: Update.
            """);
    for (var at : List.of(Instant.MIN, Instant.MAX, Instant.MAX.minusNanos(1), Scene.NOW))
      assertThat(policy.decide(app().request().at(at)).basis().policyVersion()).isEqualTo(7);
  }

  @Test
  void a_strength_that_serves_all_is_found_though_others_serve_any_two() {
    var policy =
        Scene.policy(
            """
            strength:
              a-b: {any_of: [passkey], user_verified: true, phishing_resistant: true, methods: [pin]}
              a-c: {any_of: [passkey], user_verified: true, biometric: true, methods: [fpt]}
              b-c: {any_of: [passkey], phishing_resistant: true, biometric: true, methods: [geo]}
              three: {any_of: [passkey], user_verified: true, phishing_resistant: true, biometric: true}
              verified: {any_of: [passkey], user_verified: true}
              resistant: {any_of: [passkey], phishing_resistant: true}
              biometric: {any_of: [passkey], biometric: true}
            permit:
              p:
                app: x
                who: 'true'
                require:
                  - {strength: verified, text: Sign in.}
                  - {strength: resistant, text: Sign in.}
                  - {strength: biometric, text: Sign in.}
            """);
    assertThat(policy.decide(app().request()))
        .isInstanceOfSatisfying(
            Decision.StepUp.class,
            up -> {
              assertThat(up.steps())
                  .extracting(Step.Authenticate::strength)
                  .containsExactly("three");
              assertThat(up.basis().reasons()).hasSize(3);
            });
  }
}

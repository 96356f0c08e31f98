// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an author can say beside conditions on the standard facts.
class LanguageTest {

  private static final Fact BRANCH =
      Fact.attribute(Entity.SUBJECT, "branch", FactType.STRING, new Fact.Meaning("", Set.of(), ""));

  private static AccessRequest at(String time) {
    return Scene.empty().with("app.id", "x").request().at(Instant.parse(time));
  }

  private static boolean allowed(CompiledPolicySet policy, AccessRequest request) {
    return policy.decide(request) instanceof Decision.Allow;
  }

  private static CompiledPolicySet permit(String names, String who) {
    return Scene.policy(names + "\npermit: {p: {app: x, who: '" + who + "'}}");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T07:59:59Z, true, 2026-11-23T17:00:00Z", // Monday, 08:59 in Zurich
    "2026-11-23T06:59:59Z, false, 2026-11-23T07:00:00Z",
    "2026-11-23T16:59:59Z, true, 2026-11-23T17:00:00Z",
    "2026-11-23T17:00:00Z, false, 2026-11-24T07:00:00Z",
    "2026-11-27T17:00:00Z, false, 2026-11-30T07:00:00Z", // Friday evening to Monday
    "2026-07-06T06:30:00Z, true, 2026-07-06T16:00:00Z", // summer time
  })
  void office_hours_are_those_of_their_zone(String time, boolean inside, String until) {
    var policy =
        permit(
            """
            window:
              office-hours: {days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00", zone: Europe/Zurich}
            """,
            "during(\"office-hours\")");
    var decision = policy.decide(at(time));
    assertThat(decision instanceof Decision.Allow).isEqualTo(inside);
    assertThat(decision.basis().validUntil()).isEqualTo(until);
  }

  @Test
  void a_night_shift_ends_the_next_day_and_a_window_may_be_for_a_while_only() {
    var policy =
        permit(
            """
            window:
              nights: {days: [sat], from: "22:00", to: "06:00", zone: UTC, starts: 2026-11-01, ends: 2026-11-30}
            """,
            "during(\"nights\")");
    assertThat(allowed(policy, at("2026-11-22T05:59:59Z"))).isTrue();
    assertThat(allowed(policy, at("2026-11-22T06:00:00Z"))).isFalse();
    assertThat(allowed(policy, at("2026-11-22T22:00:00Z"))).isFalse();
    assertThat(allowed(policy, at("2026-10-31T23:00:00Z"))).isFalse();
    assertThat(allowed(policy, at("2026-12-05T23:00:00Z"))).isFalse();
    assertThat(policy.decide(at("2026-12-05T23:00:00Z")).basis().validUntil())
        .isEqualTo(Instant.MAX);
  }

  @Test
  void days_that_join_are_one_stretch() {
    var policy = permit("window: {always: {zone: UTC}}", "during(\"always\")");
    var decision = policy.decide(at("2026-11-22T05:59:59Z"));
    assertThat(decision).isInstanceOf(Decision.Allow.class);
    assertThat(decision.basis().validUntil()).isAfter("2026-11-28T00:00:00Z");
  }

  @Test
  void a_change_can_be_timed() {
    var policy = permit("", "time >= timestamp(\"2026-12-01T00:00:00Z\")");
    assertThat(allowed(policy, at("2026-11-30T23:59:59Z"))).isFalse();
    assertThat(policy.decide(at("2026-11-30T23:59:59Z")).basis().validUntil())
        .isEqualTo("2026-12-01T00:00:00Z");
    assertThat(allowed(policy, at("2026-12-01T00:00:00Z"))).isTrue();
  }

  @Test
  void a_patch_level_is_judged_by_how_long_ago_it_was() {
    var policy =
        Scene.policy(
            """
            permit:
              p:
                app: x
                who: 'true'
                require:
                  - if: since(device.patch_date) < duration("90d")
                    fix: update-os
                    text: Update the system.
            """);
    var fresh = Scene.empty().with("app.id", "x").with("device.patch_date", "2026-09-01");
    var decision = policy.decide(fresh.request());
    assertThat(decision).isInstanceOf(Decision.Allow.class);
    assertThat(decision.basis().validUntil()).isEqualTo("2026-11-30T00:00:00Z");
    var stale = Scene.empty().with("app.id", "x").with("device.patch_date", "2026-08-01");
    assertThat(policy.decide(stale.request())).isInstanceOf(Decision.Remediate.class);
    assertThat(policy.decide(Scene.empty().with("app.id", "x").request()))
        .isInstanceOf(Decision.Remediate.class);
  }

  @Test
  void what_an_organisation_knows_beside_the_standard_facts_has_a_type() {
    var policy =
        permit(
            "attribute: {branch: {of: subject, type: string, allowed: [zurich, geneva]}}",
            "subject.attributes.branch == \"zurich\"");
    var request = at("2026-11-22T10:00:00Z");
    assertThat(allowed(policy, request)).isFalse();
    assertThat(allowed(policy, request.with(branch("zurich")))).isTrue();
    assertThat(allowed(policy, request.with(branch("geneva")))).isFalse();
    assertThat(policy.decide(request).basis().dependsOn())
        .extracting(Fact::qualifiedName)
        .contains("subject.attributes.branch");
    assertThat(told("permit: {p: {app: x, who: 'subject.attributes.branch == \"bern\"'}}"))
        .contains("there is no fact `subject.attributes.branch`");
  }

  /// A value that the policy does not allow counts as unknown, whoever sent it.
  @Test
  void an_attribute_that_does_not_fit_its_declaration_is_unknown() {
    var request = at("2026-11-22T10:00:00Z").with(branch("bern"));
    var names = "attribute: {branch: {of: subject, type: string, allowed: [zurich, geneva]}}";
    assertThat(allowed(permit(names, "subject.attributes.branch != \"zurich\""), request))
        .isFalse();
    assertThat(allowed(permit(names, "known(subject.attributes.branch)"), request)).isFalse();
    assertThat(
            allowed(
                permit(
                    "attribute: {branch: {of: subject, type: integer}}",
                    "subject.attributes.branch > 0"),
                request))
        .isFalse();
  }

  private static Facts branch(String name) {
    return Facts.about(Entity.SUBJECT, "sub", 1)
        .put(BRANCH, name, new Evidence(EvidenceTier.MANAGED, Scene.NOW))
        .build();
  }

  @Test
  void a_person_is_told_in_their_own_language() {
    var policy =
        Scene.policy(
            """
            permit:
              p:
                app: x
                who: 'true'
                require:
                  - if: device.screen_lock
                    fix: set-screen-lock
                    text: {en: Set a screen lock., de: Richten Sie eine Bildschirmsperre ein., pt-BR: Defina um bloqueio.}
            """);
    var decision = (Decision.Remediate) policy.decide(at("2026-11-22T10:00:00Z"));
    var text = ((Decision.Step.Fix) decision.steps().getFirst()).text();
    assertThat(text.in(LanguageRange.parse("de-CH, en;q=0.5"))).startsWith("Richten Sie");
    assertThat(text.in(LanguageRange.parse("pt-BR"))).startsWith("Defina");
    assertThat(text.in(LanguageRange.parse("ja"))).isEqualTo("Set a screen lock.");
    assertThat(text.in(List.of())).isEqualTo("Set a screen lock.");
  }

  @Test
  void the_shortest_recheck_counts() {
    var policy =
        Scene.policy(
            """
            permit: {p: {app: x, who: 'true', restrict: {recheck: 1h}}}
            guard: {g: {app: any, restrict: {recheck: 5m}}}
            """);
    assertThat(((Decision.Allow) policy.decide(at("2026-11-22T10:00:00Z"))).obligations().recheck())
        .isEqualTo(Optional.of(Duration.ofMinutes(5)));
  }

  @Test
  void a_policy_that_declares_its_apps_is_told_of_others() {
    var reading =
        PolicyReader.read(
            List.of(
                new PolicySource(
                    "p.yaml",
                    """
                    app:
                      payroll: {sensitivity: critical, tags: [hr], host: payroll.bank.example, upstream: "https://127.0.0.1:8443"}
                    permit:
                      p: {app: [payroll, payrol], who: 'true'}
                    """)),
            1);
    var loaded = (Reading.Loaded) reading;
    assertThat(loaded.set().rules().declared().apps())
        .extracting(app -> app.id().value())
        .containsExactly("payroll");
    assertThat(loaded.warnings())
        .extracting(Object::toString)
        .anyMatch(warning -> warning.contains("the app `payrol`, which is not declared"));
  }

  @Test
  void a_level_with_a_quantifier_leaves_the_one_around_it_alone() {
    var policy =
        permit(
            "level: {tagged: 'app.tags.exists(t, t == \"b\") || app.tags.exists(t, t == \"a\")'}",
            "subject.groups.exists(g, level(\"tagged\") && g == \"b\")");
    var asked = Scene.empty().with("app.id", "x").with("app.tags", List.of("a", "b"));
    assertThat(allowed(policy, asked.with("subject.groups", List.of("zz")).request())).isFalse();
    assertThat(allowed(policy, asked.with("subject.groups", List.of("b")).request())).isTrue();
  }

  @Test
  void levels_that_multiply_are_refused() {
    var text = new StringBuilder("level:\n  l0: device.managed\n");
    for (int i = 1; i < 40; i++)
      text.append(
          "  l%d: level(\"l%d\") && level(\"l%d\") || level(\"l%d\")%n"
              .formatted(i, i - 1, i - 1, i - 1));
    assertThat(told(text.toString())).contains("more than 20000 parts");
  }

  private static String told(String text) {
    return switch (PolicyReader.read(List.of(new PolicySource("p.yaml", text)), 1)) {
      case Reading.Loaded ignored -> "loaded";
      case Reading.Rejected rejected -> rejected.problems().toString();
    };
  }
}

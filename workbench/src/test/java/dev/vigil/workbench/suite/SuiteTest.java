// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.explain.AdministratorView;
import dev.vigil.workbench.suite.CaseResult.Difference;
import dev.vigil.workbench.suite.CaseResult.Failed;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Cases pass, fail with what came instead, or are refused with every problem.
class SuiteTest {

  private static final String POLICY =
      """
      permit:
        staff:
          app: wiki
          who: subject.population == "employee"
          require:
            - name: sound
              if: '!device.rooted'
              fix: restore-system
              text: Restore it.
      guard:
        tried:
          app: wiki
          mode: report
          require: [{name: locked, if: device.screen_lock}]
      forbid:
        nobody:
          app: vault
          when: "true"
      """;

  private static final CompiledPolicySet SET = set(POLICY);

  @Test
  void a_case_that_fails_tells_what_came_instead_and_of_which_values() {
    var failed =
        run("""
        at: 2026-06-01T09:00:00Z
        cases:
          a rooted phone is let in:
            given: {subject: {population: employee}, device: {rooted: true}, app: {id: wiki}}
            expect: {outcome: allow, deciding: [staff], unmet: [], steps: []}
        """)
            .failed()
            .getFirst();
    assertThat(failed.differences())
        .extracting(Difference::toString)
        .containsExactly(
            "outcome: expected allow, came remediate",
            "unmet: expected nothing, came `staff/sound`",
            "steps: expected nothing, came `fix restore-system`");
    assertThat(AdministratorView.reasons(failed.came()))
        .containsExactly("staff / sound: device.rooted is true");
    assertThat(failed.of().place()).hasToString("a.test.yaml:4:12");
  }

  @Test
  void coverage_says_what_no_case_touched() {
    var coverage =
        run("""
        at: 2026-06-01T09:00:00Z
        cases:
          a rooted phone is to be restored:
            given: {subject: {population: employee}, device: {rooted: true}, app: {id: wiki}}
            expect: remediate
        """)
            .coverage();
    assertThat(coverage.rules())
        .extracting(
            Coverage.OfRule::name,
            Coverage.OfRule::applied,
            Coverage.OfRule::satisfied,
            Coverage.OfRule::unmet)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("staff", true, false, true),
            org.assertj.core.groups.Tuple.tuple("tried", true, false, true),
            org.assertj.core.groups.Tuple.tuple("nobody", false, false, false));
    assertThat(coverage.percent()).isEqualTo(57);
  }

  @Test
  void what_would_come_if_reported_rules_decided_can_be_expected() {
    var results =
        run(
            """
            at: 2026-06-01T09:00:00Z
            cases:
              in, but not for long:
                given: {subject: {population: employee}, device: {rooted: false}, app: {id: wiki}}
                expect: {outcome: allow, if_enforced: deny}
              out already:
                given: {subject: {population: employee}, device: {rooted: false}, app: {id: wiki}}
                expect: {outcome: allow, if_enforced: allow}
            """);
    assertThat(results.failed())
        .singleElement()
        .extracting(Failed::differences)
        .asString()
        .contains("outcome if reported rules decided");
  }

  @Test
  void several_requests_are_several_cases_and_bases_build_on_bases() {
    var results =
        run(
            """
            at: 2026-06-01T09:00:00Z
            defaults:
              person: {subject: {population: employee}, app: {id: wiki}}
              phone: {device: {rooted: false, screen_lock: true}}
              both: {like: [person, phone], device: {screen_lock: null}}
            cases:
              in:
                given: [{like: both}, {like: [person, phone]}, {like: both, device: {rooted: true}}]
                expect: allow
            """);
    assertThat(results.results())
        .extracting(result -> result.of().name())
        .containsExactly("in [1]", "in [2]", "in [3]");
    assertThat(results.failed()).extracting(one -> one.of().name()).containsExactly("in [3]");
  }

  @Test
  void everything_that_is_wrong_with_case_files_is_told_at_once_with_its_place() {
    var problems =
        rejected(
            """
            defaults:
              one: {like: two}
              two: {like: one, device: {rooted: perhaps}}
            case: {}
            cases:
              first:
                given: {like: thre}
                expect: {outcome: maybe, unmet: {a: b}, steps: [{authenticate: passkey, age: 1h}]}
              second:
                expect: allow
              third:
                given: {device: {rootd: true}}
                expect: {outcome: deny, restrictions: {maximum_age: long}}
              third:
                given: []
                expect: [allow]
            """);
    assertThat(problems.stream().map(p -> p.place() + " " + p.what()).toList())
        .containsExactly(
            "a.test.yaml:3:15 `one` leads back to itself",
            "a.test.yaml:3:37 `device.rooted` cannot be `perhaps`",
            "a.test.yaml:4:1 a case file cannot have `case`",
            "a.test.yaml:7:19 there is no default `thre`",
            "a.test.yaml:8:23 no decision is `maybe`",
            "a.test.yaml:8:37 `unmet` is a mapping of keys",
            "a.test.yaml:8:77 a step cannot have `age`",
            "a.test.yaml:10:5 there is no `given`",
            "a.test.yaml:12:12 the case has no time",
            "a.test.yaml:12:22 there is no fact `device.rootd`",
            "a.test.yaml:13:57 `maximum_age` cannot be `long`",
            "a.test.yaml:14:3 `third` is written twice");
  }

  @Test
  void names_that_the_policies_do_not_have_are_told() {
    var suite =
        suite(
            """
            at: 2026-06-01T09:00:00Z
            cases:
              in:
                given: {app: {id: wiki}}
                expect: {outcome: deny, deciding: [stuff], unmet: [staff/sound, sound, nobody, staff]}
            """);
    assertThat(suite.misnamed(SET.rules()).stream().map(Problem::toString).toList())
        .containsExactly(
            "a.test.yaml:5:40: there is no rule `stuff`; the policies do not have it; did you mean"
                + " `staff`?",
            "a.test.yaml:5:84: there is no requirement `staff`; the policies do not have it; choose"
                + " one of `locked`, `nobody`, `sound`, `staff/sound`, `tried/locked`");
  }

  @Test
  void hostile_case_files_are_refused_within_bounds() {
    var chain =
        IntStream.range(0, 5000)
            .mapToObj(n -> "  d" + n + ": {like: d" + (n + 1) + "}\n")
            .collect(Collectors.joining());
    assertThat(rejected("defaults:\n" + chain).getFirst().what())
        .contains("builds on more than 32 others");
    assertThat(rejected("cases: &c\n  x: *c").getFirst().toString())
        .startsWith("a.test.yaml:1:8: `&c` repeats a part");
    assertThat(rejected("cases: " + "{a: ".repeat(50) + "}".repeat(50)).getFirst().what())
        .contains("nested more than 16 deep");
    var wide =
        IntStream.range(0, 9000)
            .mapToObj(n -> "  n" + n + "x: {like: nobody-at-all-" + n + "}\n")
            .collect(Collectors.joining());
    assertThat(rejected("at: 2026-06-01T09:00:00Z\ndefaults:\n" + wide)).hasSize(200);
    assertThat(rejected("x".repeat(600_000)).getFirst().what()).contains("600000 characters");
    assertThat(rejected("cases: [").getFirst().what()).contains("this is not YAML");
  }

  private static Suite.Results run(String text) {
    return suite(text).run(SET);
  }

  private static Suite suite(String text) {
    return switch (read(text)) {
      case Suite.Reading.Loaded(Suite suite) -> suite;
      case Suite.Reading.Rejected(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  private static List<Problem> rejected(String text) {
    return switch (read(text)) {
      case Suite.Reading.Loaded ignored -> throw new AssertionError("it was read");
      case Suite.Reading.Rejected(List<Problem> problems) -> problems;
    };
  }

  private static Suite.Reading read(String text) {
    return Suite.read(List.of(new PolicySource("a.test.yaml", text)), FactsSchema.standard());
  }

  private static CompiledPolicySet set(String policy) {
    return switch (PolicyReader.read(List.of(new PolicySource("a.yaml", policy)), 1)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }
}

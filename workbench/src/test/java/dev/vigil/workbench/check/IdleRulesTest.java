// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rules that make no difference are found, and rules that do are left alone.
class IdleRulesTest {

  private static List<String> told(String text) {
    var sources = List.of(new PolicySource("a.yaml", text));
    return switch (PolicyReader.read(sources, 1)) {
      case Reading.Loaded loaded ->
          IdleRules.in(loaded.set().rules(), sources).stream().map(Warning::toString).toList();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  @Test
  void a_permit_that_a_wider_one_makes_idle_is_told() {
    assertThat(
            told(
                """
                permit:
                  narrow:
                    app: wiki
                    who: subject.population == "employee" && "a" in subject.groups
                    require: [{strength: passkey, max_age: 1h, text: Sign in.}, {if: device.managed}]
                    restrict: {read_only: true}
                  wide:
                    app: [wiki, blog]
                    who: subject.population in ["employee", "partner"]
                    require: [{strength: passkey, max_age: 8h, text: Sign in.}]
                strength: {passkey: {any_of: [passkey]}}
                """))
        .containsExactly("a.yaml:2:3: `narrow` makes no difference: `wide` does all that it does");
  }

  @Test
  void a_permit_that_differs_in_anything_that_counts_is_left_alone() {
    var wide = "{app: wiki, who: subject.active, require: [{if: device.managed}]}";
    for (var other :
        List.of(
            "{app: [wiki, blog], who: subject.active, require: [{if: device.managed}]}",
            "{app: wiki, who: device.active, require: [{if: device.managed}]}",
            "{app: wiki, who: subject.active, require: [{if: device.encrypted}]}",
            "{app: wiki, who: subject.active, require: [{if: device.managed, fix: enrol, text:"
                + " Enrol it.}]}",
            "{app: wiki, who: subject.active, mode: report, require: [{if: device.managed}]}",
            "{app: wiki, who: subject.active}"))
      assertThat(told("permit:\n  other: " + other + "\n  wide: " + wide))
          .as(other)
          .noneMatch(line -> line.contains(":3: `other`"));
  }

  @Test
  void rules_that_stand_twice_are_told_once() {
    assertThat(
            told(
                """
                permit:
                  one: {app: wiki, who: subject.active && device.active}
                  two: {app: wiki, who: device.active && subject.active}
                guard:
                  lock: {app: wiki, require: [{if: device.screen_lock}]}
                  lock-too: {app: any, require: [{if: device.screen_lock}, {if: device.encrypted}]}
                forbid:
                  three: {app: any, when: device.rooted}
                  four: {app: any, when: device.rooted}
                """))
        .containsExactly(
            "a.yaml:2:3: `one` does the same as `two`",
            "a.yaml:5:3: `lock` makes no difference: `lock-too` does all that it does",
            "a.yaml:8:3: `three` does the same as `four`");
  }

  @Test
  void a_condition_that_contradicts_itself_or_its_apps_is_told() {
    assertThat(
            told(
                """
                permit:
                  wrong-app: {app: wiki, who: app.id == "blog" && subject.active}
                  both: {app: wiki, who: 'device.rooted && !device.rooted'}
                  two-worlds: {app: wiki, who: subject.population == "employee" && subject.population == "partner"}
                  low: {app: {sensitivity: [low, normal]}, who: app.sensitivity == "critical"}
                  impossible: {app: wiki, who: device.rooted, require: [{if: '!device.rooted'}]}
                  fine: {app: wiki, who: 'device.rooted || !device.rooted'}
                guard:
                  never: {app: wiki, when: "false", require: [{if: device.active}]}
                  unknown-only: {app: wiki, when: 'device.rooted && !device.rooted', require: [{if: device.active}]}
                """))
        .containsExactly(
            "a.yaml:2:3: `wrong-app` can never apply: its condition contradicts the apps it is"
                + " about",
            "a.yaml:3:3: `both` can never apply: its condition contradicts itself",
            "a.yaml:4:3: `two-worlds` can never apply: its condition contradicts itself",
            "a.yaml:5:3: `low` can never apply: its condition contradicts the apps it is about",
            "a.yaml:6:3: `impossible` can never let anyone in: what it requires contradicts itself"
                + " or its `who`",
            "a.yaml:9:3: `never` can never apply: its condition contradicts itself",
            "a.yaml:10:3: `unknown-only` can apply only while facts are unknown: its condition"
                + " contradicts itself");
  }

  @Test
  void a_permit_under_a_forbid_and_a_guard_over_nothing_are_told() {
    assertThat(
            told(
                """
                permit:
                  rooted-guests: {app: wiki, who: device.rooted && subject.active}
                  staff: {app: wiki, who: subject.active}
                guard:
                  lonely: {app: blog, require: [{if: device.active}]}
                forbid:
                  no-rooted: {app: any, when: device.rooted}
                """))
        .containsExactly(
            "a.yaml:2:3: `rooted-guests` can never let anyone in: forbid `no-rooted` applies"
                + " whenever it does",
            "a.yaml:5:3: `lonely` has nothing to guard: no permit is about its apps");
  }

  @Test
  void a_guard_that_skips_the_unknown_does_not_do_the_work_of_one_that_does_not() {
    assertThat(
            told(
                """
                permit: {staff: {app: wiki, who: subject.active}}
                guard:
                  strict: {app: wiki, when: device.managed, require: [{if: device.active}]}
                  lax: {app: wiki, when: device.managed, when_unknown: skip, require: [{if: device.active}]}
                """))
        .containsExactly("a.yaml:4:3: `lax` makes no difference: `strict` does all that it does");
  }

  @Test
  void many_rules_are_compared_within_bounds() {
    var rules =
        IntStream.range(0, 3000)
            .mapToObj(n -> "  r" + n + ": {app: any, who: subject.id == \"s" + n + "\"}\n")
            .collect(Collectors.joining());
    assertThat(told("permit:\n" + rules))
        .containsExactly(
            "policies:1:1: there are too many rules to compare each with each; not all were");
  }
}

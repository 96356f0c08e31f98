// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.workbench.proof.Comparison.Change;
import dev.vigil.workbench.proof.RuleReview.Worth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// For whom two policies differ, and which rules do nothing.
class ComparerTest {

  private static final Solver SOLVER = Solver.within(Scenes.LIMITS);

  @AfterAll
  static void end() {
    SOLVER.close();
  }

  private static Comparison compare(String before, String after) {
    return new Comparer(SOLVER, Scenes.TIME, Scenes.policy(before), Scenes.policy(after)).compare();
  }

  private static String permit(String body) {
    return "permit:\n  it: {" + body + "}\n";
  }

  @Test
  void the_same_said_otherwise_is_the_same() {
    var one = permit("app: a, who: 'subject.population in [\"employee\", \"partner\"]'");
    var two =
        """
        level:
          inside: subject.population == "employee"
        permit:
          first: {app: a, who: 'level("inside")'}
          second: {app: a, who: 'subject.population == "partner" && !level("inside")'}
        """;
    assertThat(compare(one, two).same()).isTrue();
  }

  @Test
  void a_difference_that_only_shows_where_something_is_unknown_is_found() {
    var one = permit("app: a, who: 'device.rooted || !device.rooted'");
    var two = permit("app: a, who: \"true\"");
    assertThat(compare(one, two).differences())
        .isNotEmpty()
        .allSatisfy(difference -> {
          assertThat(difference.change()).isEqualTo(Change.WIDENS);
          assertThat(difference.shown().request().device().find("device.rooted")).isEmpty();
        });
  }

  @Test
  void restrictions_that_change_are_told_apart_from_access_that_does() {
    var one = permit("app: a, who: device.managed, restrict: {maximum_age: 1h}");
    var two = permit("app: a, who: device.managed, restrict: {maximum_age: 2h}");
    assertThat(compare(one, two).differences())
        .isNotEmpty()
        .allSatisfy(
            difference -> assertThat(difference.change()).isEqualTo(Change.RESTRICTS_OTHERWISE));
  }

  @Test
  void apps_that_neither_names_are_one_part() {
    var one = "permit:\n  it: {app: any, who: device.managed}\n  x: {app: x, who: \"true\"}\n";
    var two = "permit:\n  it: {app: x, who: device.managed}\n  x: {app: x, who: \"true\"}\n";
    assertThat(compare(one, two).differences())
        .isNotEmpty()
        .allSatisfy(difference -> {
          assertThat(difference.change()).isEqualTo(Change.NARROWS);
          assertThat(difference.app()).isEmpty();
        });
  }

  @Test
  void a_growing_canary_keeps_everyone_it_had() {
    var one = permit("app: a, who: \"true\", rollout: 10%");
    var two = permit("app: a, who: \"true\", rollout: 30%");
    var comparison = compare(one, two);
    assertThat(comparison.unanswered()).isEmpty();
    assertThat(comparison.differences())
        .isNotEmpty()
        .allSatisfy(difference -> assertThat(difference.change()).isEqualTo(Change.WIDENS));
  }

  @Test
  void rules_that_do_nothing_are_told() {
    var policy =
        """
        permit:
          wide: {app: any, who: device.managed}
          narrow: {app: a, who: device.managed && device.rooted}
        guard:
          never: {app: any, when: "false", restrict: {read_only: true}}
          unless-known: {app: any, when: device.encrypted && !device.encrypted, restrict: {read_only: true}}
        forbid:
          rooted: {app: b, when: device.rooted}
        """;
    var review = new RuleReview(SOLVER, Scenes.TIME, Scenes.policy(policy)).review();
    assertThat(review.unanswered()).isEmpty();
    assertThat(review.rules())
        .containsEntry("wide", Worth.NEEDED)
        .containsEntry("narrow", Worth.SHADOWED)
        .containsEntry("never", Worth.UNREACHABLE)
        .containsEntry("unless-known", Worth.NEEDED)
        .containsEntry("rooted", Worth.NEEDED);
  }
}

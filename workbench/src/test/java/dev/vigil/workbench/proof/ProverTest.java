// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.FactsSchema;
import dev.vigil.workbench.request.RequestDocument;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What is proved, what is refuted, and what is neither.
class ProverTest {

  private static final Solver SOLVER = Solver.within(Scenes.LIMITS);
  private static final String POLICY =
      """
      permit:
        staff:
          app: any
          who: subject.population == "employee"
      forbid:
        rooted:
          app: any
          when: device.rooted
      """;

  @AfterAll
  static void end() {
    SOLVER.close();
  }

  private static Proof prove(String policy, String property) {
    return Scenes.prove(SOLVER, policy, "it: {" + property + "}").getFirst().proof();
  }

  private static Proof.Refuted refuted(String policy, String property) {
    var proof = prove(policy, property);
    assertThat(proof).isInstanceOf(Proof.Refuted.class);
    return (Proof.Refuted) proof;
  }

  private static void proved(String policy, String property) {
    assertThat(prove(policy, property)).as(property).isEqualTo(new Proof.Proved(List.of(), false));
  }

  @Test
  void what_a_forbid_rules_out_is_proved() {
    proved(POLICY, "never: allow, when: device.rooted");
    proved(POLICY, "always: deny, when: device.rooted");
    proved(POLICY, "never: allow(device.rooted)");
    proved(POLICY, "never: 'allow(app.id == \"x\") when device.rooted'");
  }

  @Test
  void a_counterexample_says_no_more_than_it_must() {
    var refuted = refuted(POLICY, "never: allow, when: subject.population == \"employee\"");
    assertThat(refuted.decision().allows()).isTrue();
    var facts = RequestDocument.write(refuted.request());
    assertThat(facts).contains("subject.population", "device.rooted").doesNotContain("app.");
  }

  @Test
  void a_counterexample_can_be_read_back_and_decides_alike() {
    var refuted = refuted(POLICY, "never: allow, when: subject.population == \"employee\"");
    var read =
        RequestDocument.read(RequestDocument.write(refuted.request()), FactsSchema.standard());
    assertThat(read).isInstanceOf(RequestDocument.Reading.Loaded.class);
    var again = ((RequestDocument.Reading.Loaded) read).request();
    assertThat(Scenes.policy(POLICY).decide(again)).isEqualTo(refuted.decision());
  }

  @Test
  void a_property_says_nothing_where_its_condition_is_unknown() {
    var lenient = POLICY + "    when_unknown: skip\n";
    assertThat(prove(lenient, "never: allow, when: device.rooted"))
        .isEqualTo(new Proof.Proved(List.of("rooted"), false));
    assertThat(prove(lenient, "always: deny, when: '!known(device.rooted)'"))
        .isInstanceOf(Proof.Refuted.class);
    proved(POLICY, "always: deny, when: '!known(device.rooted)'");
  }

  @Test
  void a_property_of_nobody_is_proved_and_pointed_out() {
    assertThat(prove(POLICY, "never: allow, when: device.rooted && !device.rooted"))
        .isEqualTo(new Proof.Proved(List.of(), true));
  }

  @Test
  void properties_speak_of_restrictions() {
    var policy =
        """
        permit:
          look: {app: any, who: "true", restrict: {read_only: true}}
          act: {app: any, who: device.managed, restrict: {no_download: true}}
        """;
    proved(policy, "never: write, when: '!device.managed'");
    proved(policy, "never: unrestricted, when: \"true\"");
    proved(policy, "always: download, when: '!device.managed'");
    refuted(policy, "never: write, when: device.managed");
    refuted(policy, "never: download, when: '!device.managed'");
    proved(policy, "never: download, when: device.managed");
    proved(policy, "never: deny, when: \"true\"");
  }

  @Test
  void restrictions_that_leave_nothing_refuse() {
    var policy =
        """
        permit:
          one: {app: any, who: "true", restrict: {methods: [GET, POST]}}
        guard:
          two: {app: any, when: device.managed, restrict: {methods: [POST, PUT]}}
          three: {app: any, when: device.rooted, restrict: {methods: [GET, PUT]}}
        """;
    proved(policy, "never: allow, when: device.managed && device.rooted");
    proved(policy, "always: allow, when: '!device.managed && device.rooted'");
  }

  @Test
  void a_canary_can_be_any_part_of_all_subjects_but_none_for_everyone() {
    var canary =
        """
        permit:
          all: {app: any, who: "true"}
        forbid:
          new: {app: any, when: device.rooted, rollout: 10%%}
          other: {app: any, when: device.rooted, rollout: %s}
        """;
    var refuted =
        refuted(canary.formatted("20%"), "never: allow, when: device.rooted && known(subject.id)");
    assertThat(refuted.request().subject().find("subject.id")).isPresent();
    proved(canary.formatted("100%"), "never: allow, when: device.rooted && known(subject.id)");
    assertThat(
            prove(canary.formatted("20%"), "never: deny, when: device.rooted && known(subject.id)"))
        .isInstanceOf(Proof.Refuted.class);
  }

  @Test
  void a_canary_falls_for_a_named_subject_as_it_does() {
    var policy =
        """
        permit:
          all: {app: any, who: "true", rollout: 50%}
        """;
    var set = Scenes.policy(policy);
    for (int i = 0; i < 6; i++) {
      var subject = "subject.id == \"s" + i + "\"";
      boolean always =
          prove(policy, "always: allow, when: '" + subject + "'") instanceof Proof.Proved;
      boolean never =
          prove(policy, "never: allow, when: '" + subject + "'") instanceof Proof.Proved;
      assertThat(always).as("%s of %s", subject, set).isNotEqualTo(never);
    }
  }

  @Test
  void a_canary_ends_right_before_the_subject_at_its_border() {
    long place = RequestInSmt.place("all", "s0");
    var policy = "permit:\n  all: {app: any, who: \"true\", rollout: %d.%02d%%}\n";
    var s0 = ", when: 'subject.id == \"s0\"'";
    proved(policy.formatted(place / 100, place % 100), "never: allow" + s0);
    proved(policy.formatted((place + 1) / 100, (place + 1) % 100), "always: allow" + s0);
  }

  @Test
  void windows_of_time_are_proved_also_where_clocks_are_changed() {
    var policy =
        """
        window:
          office: {days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00", zone: Europe/Zurich}
          night: {from: "22:00", to: "06:00", zone: Europe/Zurich}
        permit:
          staff: {app: any, who: during("office") && device.managed}
        forbid:
          night: {app: any, when: during("night")}
        """;
    proved(policy, "never: allow, when: '!during(\"office\")'");
    proved(policy, "always: deny, when: during(\"night\")");
    refuted(policy, "never: allow, when: during(\"office\")");
    refuted(
        policy,
        "never: allow, when: 'during(\"office\") && time > timestamp(\"2027-01-01T00:00:00Z\")'");
    assertThat(prove(policy, "always: allow, when: 'during(\"office\") && device.managed'"))
        .as("the two windows may meet where the clock is changed, as far as the solver is told")
        .isInstanceOf(Proof.NotProved.class);
  }

  @Test
  void a_list_is_as_long_as_what_is_in_it_or_longer() {
    nobody("!(\"a\" in subject.groups) && subject.groups.exists(g, g == \"a\")");
    nobody("size(subject.groups) == 0 && \"a\" in subject.groups");
    var two = "size(subject.groups) == 1 && \"a\" in subject.groups && \"b\" in subject.groups";
    nobody(two);
    nobody("size(subject.groups) == 0 && subject.groups.exists(g, g != \"a\")");
    nobody(
        "size(subject.groups) > 0 && subject.groups.all(g, g == \"a\") && !(\"a\" in"
            + " subject.groups)");
    nobody(
        "size(subject.groups) == 1 && \"a\" in subject.groups && subject.groups.exists(g, g !="
            + " \"a\")");
    refuted(
        POLICY,
        "never: deny, when: 'size(subject.groups) == 3 && subject.groups.all(g, g == \"a\")'");
  }

  private static void nobody(String condition) {
    assertThat(prove(POLICY, "never: deny, when: '" + condition + "'"))
        .as(condition)
        .isEqualTo(new Proof.Proved(List.of(), true));
  }

  @Test
  void what_cannot_be_said_exactly_is_named_and_not_proved() {
    var policy =
        POLICY
            + """
              odd:
                app: any
                when: subject.groups.exists(g, subject.groups.exists(h, g != h))
            """;
    assertThat(prove(policy, "never: allow, when: device.rooted"))
        .isInstanceOfSatisfying(
            Proof.NotProved.class,
            not -> assertThat(not.why()).singleElement().asString().contains("subject.groups"));
  }

  @Test
  void one_property_that_cannot_be_said_leaves_the_others_alone() {
    var results =
        Scenes.prove(
            SOLVER,
            POLICY,
            """
            odd: {never: allow, when: 'subject.groups.exists(g, subject.groups.exists(h, g != h))'}
            sound: {never: allow, when: device.rooted}
            """);
    assertThat(results.stream().map(r -> r.property().name())).containsExactly("odd", "sound");
    assertThat(results.getFirst().proof()).isInstanceOf(Proof.NotProved.class);
    assertThat(results.getLast().proof()).isInstanceOf(Proof.Proved.class);
  }

  @Test
  void rules_that_are_only_reported_on_prove_nothing() {
    assertThat(prove(POLICY + "    mode: report\n", "never: allow, when: device.rooted"))
        .isInstanceOf(Proof.Refuted.class);
  }

  @Test
  void a_policy_of_a_thousand_rules_is_proved() {
    var rules =
        IntStream.range(0, 1000)
            .mapToObj(i ->
                "  p%d: {app: a%d, who: 'subject.population == \"employee\" && \"g%d\" in subject.groups && device.os_version >= version(\"%d\")', restrict: {read_only: %s}}\n"
                    .formatted(i, i % 50, i % 70, i % 20 + 1, i % 2 == 0))
            .collect(Collectors.joining());
    var policy = "permit:\n" + rules + "forbid:\n  rooted: {app: any, when: device.rooted}\n";
    proved(policy, "never: allow, when: device.rooted");
    refuted(policy, "never: allow, when: '\"g3\" in subject.groups'");
  }

  @Test
  void levels_that_double_at_every_step_do_not_grow_the_question() {
    var levels = new StringBuilder("level:\n  l0: device.rooted\n");
    for (int i = 1; i <= 12; i++)
      levels.append("  l%d: level(\"l%d\") || level(\"l%d\")\n".formatted(i, i - 1, i - 1));
    proved(levels + POLICY, "never: allow, when: level(\"l12\")");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Policies written to exhaust whoever reads them: refused at the right place, or read within
/// bounds.
class HostileTest {

  private static String told(String text) {
    return switch (PolicyReader.read(List.of(new PolicySource("p.yaml", text)), 1)) {
      case Reading.Loaded _ -> "loaded";
      case Reading.Rejected rejected -> rejected.problems().getFirst().toString();
    };
  }

  private static String each(int count, String separator, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.formatted(i, i + 1))
        .collect(Collectors.joining(separator));
  }

  @Test
  void levels_that_build_on_each_other_without_end_are_refused_from_above() {
    assertThat(told("level:\n" + each(1500, "\n", "  l%d: level(\"l%d\")") + "\n  l1500: 'true'"))
        .startsWith("p.yaml:33:14: level `l32` stands too deep in other levels, or others in it");
  }

  @Test
  void levels_that_build_on_each_other_without_end_are_refused_from_below() {
    assertThat(
            told(
                "level:\n  l0: device.rooted\n" + each(1500, "\n", "  l%2$d: '!level(\"l%1$d\")'")))
        .startsWith("p.yaml:34:8: level `l32` stands too deep in other levels, or others in it");
  }

  @Test
  void thirty_two_levels_may_build_on_each_other() {
    assertThat(
            told("level:\n  l0: device.rooted\n" + each(31, "\n", "  l%2$d: '!level(\"l%1$d\")'")))
        .isEqualTo("loaded");
  }

  /// 200 uses of evidence, times 90, times 300.
  @Test
  void evidence_in_levels_in_levels_does_not_multiply() {
    var text =
        "level:\n  l0: '"
            + "attested(app.id)||".repeat(200)
            + "true'\n  l1: '"
            + "level(\"l0\")||".repeat(90)
            + "true'\n  l2: '"
            + "level(\"l1\")||".repeat(300)
            + "true'\n";
    assertThat(told(text)).startsWith("p.yaml:4:7: the condition has more than 20000 parts");
  }

  @Test
  void a_rule_of_very_many_requirements_is_refused() {
    assertThat(
            told(
                "permit: {p: {app: x, who: 'true', require: ["
                    + "{if: device.rooted},".repeat(5000)
                    + "]}}"))
        .startsWith("p.yaml:1:44: `require` has 5000 requirements; the most is 200");
  }

  @Test
  void a_rule_may_be_about_very_many_tags() {
    assertThat(told("permit: {p: {app: {tag: [" + each(4000, ",", "t%d") + "]}, who: 'true'}}"))
        .isEqualTo("loaded");
  }

  @Test
  void a_strength_may_name_very_many_methods() {
    assertThat(
            told(
                "strength: {s: {any_of: [passkey], methods: ["
                    + each(4000, ",", "m%d")
                    + "]}}\n"
                    + "permit: {p: {app: x, who: 'true', require: [{strength: s, text: Go.}]}}"))
        .isEqualTo("loaded");
  }

  @Test
  void a_condition_may_name_many_levels_that_are_as_large_as_is_compiled_in_one_piece() {
    var level = IntStream.range(0, 40).mapToObj("subject.id!=\"%d\""::formatted).toList();
    assertThat(
            told(
                "level:\n"
                    + each(250, "\n", "  l%d: '" + String.join("&&", level) + "&&app.id!=\"%d\"'")
                    + "\npermit: {p: {app: x, who: '"
                    + each(250, "||", "level(\"l%d\")")
                    + "'}}"))
        .isEqualTo("loaded");
  }

  /// All of them together would need more constants than a class can have.
  @Test
  void many_rules_may_each_compare_with_many_constants() {
    var file = new StringBuilder("forbid:\n");
    for (int i = 0; i < 64; i++)
      file.append("  f%d: {app: x, when: '".formatted(i))
          .append(each(210, "||", "app.id!=\"" + (char) ('a' + i % 26) + i + "%d\""))
          .append("'}\n");
    assertThat(told(file.toString())).isEqualTo("loaded");
  }

  @Test
  void conditions_on_each_element_of_each_element_of_lists_are_refused() {
    assertThat(
            told(
                "permit: {p: {app: x, who: 'subject.groups.exists(a, subject.groups.exists(b,"
                    + " subject.groups.exists(c, a == b && b == c)))'}}"))
        .startsWith("p.yaml:1:27: the condition has more than 20000 parts");
  }

  @Test
  void more_than_20000_rules_are_refused() {
    var sources =
        IntStream.range(0, 4)
            .mapToObj(f ->
                new PolicySource(
                    f + ".yaml",
                    "forbid:\n" + each(5001, "\n", "  f" + f + "x%d: {app: x, when: 'true'}")))
            .toList();
    assertThat(((Reading.Rejected) PolicyReader.read(sources, 1)).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "3.yaml:1:1: there are 20004 rules; the most is 20000; let rules cover more each");
  }

  @Test
  void more_than_eight_million_characters_are_refused() {
    var big = "#".repeat(500_000);
    var sources = IntStream.range(0, 20).mapToObj(f -> new PolicySource(f + ".yaml", big)).toList();
    assertThat(((Reading.Rejected) PolicyReader.read(sources, 1)).problems().toString())
        .contains("the files have 10000000 characters together; the most is 8388608");
  }

  @Test
  void an_escape_beyond_all_characters_is_not_yaml() {
    assertThat(told("permit: \"\\UFFFFFFFF\"")).contains("this is not YAML");
  }

  @Test
  void what_turns_writing_around_does_not_reach_a_person_behind_a_line_separator() {
    assertThat(
            told(
                "permit: {p: {app: x, who: 'true', require: [{if: device.rooted, fix: f, text:"
                    + " \"a\\u2028\\u202eb\"}]}}"))
        .contains("`text` is not a sentence for a person");
  }
}

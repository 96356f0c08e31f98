// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

  static List<String> cases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ProblemsTest.class.getResourceAsStream("problems.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_author_is_told_where_and_why_and_what_to_do(String line) {
    int arrow = line.indexOf(" =>");
    var text =
        line.substring(0, arrow).replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    var expected = line.substring(arrow + 3).strip();
    assertThat(told(text)).isEqualTo(expected);
  }

  private static String told(String text) {
    return switch (PolicyReader.read(List.of(new PolicySource("p.yaml", text)), 1)) {
      case Reading.Loaded ignored -> "loaded";
      case Reading.Rejected rejected ->
          rejected.problems().stream().map(Problem::toString).collect(Collectors.joining(" && "));
    };
  }

  @Test
  void problems_of_all_files_come_at_once_in_the_order_of_the_files() {
    var reading =
        PolicyReader.read(
            List.of(
                new PolicySource("b.yaml", "permit: {x: {}}"),
                new PolicySource("a.yaml", "guard: {x: {app: any}}")),
            1);
    assertThat(reading).isInstanceOf(Reading.Rejected.class);
    assertThat(((Reading.Rejected) reading).problems())
        .extracting(p -> p.place().toString())
        .containsExactly("b.yaml:1:13", "b.yaml:1:13", "a.yaml:1:9");
  }

  @Test
  void names_are_shared_by_all_files() {
    var reading =
        PolicyReader.read(
            List.of(
                new PolicySource("a.yaml", "permit: {x: {app: any, who: 'level(\"l\")'}}"),
                new PolicySource("b.yaml", "level: {l: device.managed}")),
            1);
    assertThat(reading).isInstanceOf(Reading.Loaded.class);
    assertThat(((Reading.Loaded) reading).warnings()).isEmpty();
  }

  @Test
  void what_a_reviewer_should_look_at_is_a_warning() {
    var reading =
        PolicyReader.read(
            List.of(
                new PolicySource(
                    "a.yaml",
                    "level: {l: device.managed}\n"
                        + "forbid: {f: {app: any, when: device.rooted, when_unknown: skip}}")),
            1);
    assertThat(((Reading.Loaded) reading).warnings())
        .extracting(Warning::toString)
        .containsExactly(
            "a.yaml:2:45: `f` is skipped when its condition is unknown: knowing less may grant"
                + " more",
            "a.yaml:1:1: no permit is enforced: everything is denied",
            "a.yaml:1:9: level `l` is never used");
  }

  @Test
  void laughs_by_the_billion_are_refused_at_the_first() {
    var text = new StringBuilder("level:\n  a: &a [x, x]\n");
    for (char c = 'b'; c <= 'z'; c++)
      text.append("  %c: &%c [*%c, *%c, *%c, *%c]\n".formatted(c, c, c - 1, c - 1, c - 1, c - 1));
    assertThat(told(text.toString()))
        .startsWith("p.yaml:2:6: `&a` names a part of the file;")
        .doesNotContain("&&");
  }

  @Test
  void what_is_too_big_is_refused() {
    assertThat(told("#".repeat(600_000)))
        .isEqualTo(
            "p.yaml:1:1: the file has 600000 characters; the most is 524288; split it into several"
                + " files");
    assertThat(told("level: {a: [" + "x,".repeat(60_000) + "]}")).contains("more than 50000 parts");
    assertThat(told("level: {a: '" + "!".repeat(5000) + "true'}"))
        .contains("longer than 4000 characters");
    assertThat(told("[".repeat(100_000))).contains("nested more than 12 deep");
    assertThat(told("{a: ".repeat(50_000))).contains("nested more than 12 deep");
    assertThat(told("level: {a: '" + "!".repeat(3000) + "true'}")).isEqualTo("loaded");
    assertThat(told("level: {a: '" + "(".repeat(1500) + "true" + ")".repeat(1500) + "'}"))
        .startsWith("p.yaml:1:");
    assertThat(told("level: {a: '" + "true && ".repeat(480) + "true'}"))
        .doesNotContain("not CEL: null");
    var files = new ArrayList<PolicySource>();
    for (int i = 0; i < 501; i++) files.add(new PolicySource(i + ".yaml", ""));
    assertThat(PolicyReader.read(files, 1)).isInstanceOf(Reading.Rejected.class);
  }

  @Test
  void what_a_hostile_author_writes_does_not_reach_the_terminal() {
    assertThat(told("permit:\n  a: {app: \"x\\e[31m\\u202e\", who: 'true'}"))
        .doesNotContain("\u001b", "\u202e")
        .contains("an app cannot be `x?[31m?`");
  }

  @Test
  void an_empty_policy_denies_everything_and_says_so() {
    assertThat(PolicyReader.read(List.of(), 1)).isInstanceOf(Reading.Loaded.class);
    assertThat(told("")).isEqualTo("loaded");
    assertThat(told("# nothing\n")).isEqualTo("loaded");
  }
}

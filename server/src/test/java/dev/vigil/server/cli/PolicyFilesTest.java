// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands that work on policies here, without a server: what they print and how they end.
class PolicyFilesTest {

  private static final Path BANK =
      Path.of(System.getProperty("vigil.root", ".."), "examples", "bank");
  private static final String POLICIES = BANK.resolve("policies").toString();

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder = Path.of("");
  private Path policies = Path.of("");

  @Command(name = "vigil")
  static final class Root {}

  @BeforeEach
  void write() throws IOException {
    policies = Files.createDirectory(folder.resolve("policies"));
    policy(
        """
        permit:
          staff:
            app: wiki
            who: subject.population == "employee"
            require: [{name: sound, if: '!device.rooted', fix: restore, text: Restore your phone.}]
        forbid:
          embargo: {app: any, when: network.country == "XX", when_unknown: skip}
        """);
  }

  private void policy(String text) throws IOException {
    Files.writeString(policies.resolve("base.yaml"), text);
  }

  private void cases(String text) throws IOException {
    Files.writeString(policies.resolve("base.test.yaml"), "at: 2026-06-01T09:00:00Z\n" + text);
  }

  private String request(String text) throws IOException {
    return Files.writeString(folder.resolve("request.yaml"), text).toString();
  }

  private int run(String... words) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var context =
        new Context(
            new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty()),
            folder,
            ManualTime.atNoon(),
            new SeededEntropy(1),
            page -> false);
    return new CommandTree(context, new Root(), List.of(new PolicyCommand(context))).run(words);
  }

  private JsonNode json() {
    return JsonMapper.builder().build().readTree(output.toString());
  }

  @Test
  void the_banks_policies_pass_their_own_cases() {
    assertThat(run("policy", "test", POLICIES, "--coverage", "--min-coverage", "100")).isZero();
    assertThat(output.toString()).contains("all as expected; coverage 100 %.").doesNotContain("NO");
    assertThat(run("policy", "check", POLICIES)).isZero();
    assertThat(output.toString())
        .contains("`suspicious-session` is skipped when its condition is unknown");
    assertThat(
            run(
                "policy",
                "replay",
                "--records",
                BANK.resolve("records").toString(),
                "--with",
                POLICIES,
                "--max-newly-denied",
                "0"))
        .as(errors.toString())
        .isZero();
  }

  @Test
  void a_case_that_fails_ends_with_1_and_tells_what_came_instead() throws IOException {
    cases(
        """
        cases:
          a rooted phone is let in:
            given: {subject: {population: employee}, device: {rooted: true}, app: {id: wiki}}
            expect: allow
        """);
    assertThat(run("policy", "test", policies.toString())).isEqualTo(1);
    assertThat(output.toString())
        .contains("FAILED  a rooted phone is let in  (base.test.yaml:4:12)")
        .contains("outcome: expected allow, came remediate")
        .contains("because staff / sound: device.rooted is true");
    assertThat(run("policy", "test", policies.toString(), "--json")).isEqualTo(1);
    assertThat(json().at("/failures/0/decision/outcome").asString()).isEqualTo("remediate");
  }

  @Test
  void too_little_coverage_ends_with_1() throws IOException {
    cases("cases:\n  nobody: {given: {app: {id: wiki}}, expect: deny}\n");
    assertThat(run("policy", "test", policies.toString())).isZero();
    assertThat(run("policy", "test", policies.toString(), "--min-coverage", "50")).isEqualTo(1);
    assertThat(errors.toString()).contains("coverage is 0 %, below 50 %");
    assertThat(run("policy", "test", policies.toString(), "--min-coverage", "150")).isEqualTo(2);
  }

  @Test
  void input_that_cannot_be_used_ends_with_2_and_every_problem_has_its_place() throws IOException {
    cases("cases:\n  x: {given: {like: y}, expect: perhaps}\n");
    assertThat(run("policy", "test", policies.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("base.test.yaml:3:").contains("`perhaps`");
    assertThat(run("policy", "check", policies.toString())).isEqualTo(1);
    assertThat(output.toString()).contains("base.test.yaml:3:");
    cases("");
    assertThat(run("policy", "test", policies.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("holds no cases");
    var bad = request("device: {rootd: true}");
    assertThat(run("policy", "decide", policies.toString(), "--request", bad)).isEqualTo(2);
    assertThat(errors.toString()).contains("request.yaml:1:10").contains("`device.rooted`");
    assertThat(run("policy", "decide", policies.toString(), "--request", "nowhere")).isEqualTo(2);
    assertThat(run("policy", "decide", policies.toString())).isEqualTo(2);
    policy("permit: [");
    assertThat(run("policy", "test", policies.toString())).isEqualTo(2);
    assertThat(run("policy", "check", policies.toString())).isEqualTo(1);
  }

  @Test
  void a_request_is_decided_and_explained_and_the_person_sees_no_value() throws IOException {
    var rooted =
        request(
            """
            at: 2026-06-01T09:00:00Z
            subject: {id: sub_secret, population: employee}
            device: {rooted: true, model: Secret Phone 9}
            network: {address: 127.0.0.77}
            app: {id: wiki}
            """);
    assertThat(run("policy", "decide", policies.toString(), "--request", rooted)).isZero();
    assertThat(output.toString()).contains("remediate").contains("staff / sound");
    assertThat(run("policy", "explain", policies.toString(), "--request", rooted)).isZero();
    assertThat(output.toString())
        .contains("permit staff: applies, 1 unmet")
        .contains("device.rooted is true (observed 2026-06-01T09:00:00Z)")
        .contains("network.country is unknown");
    for (var form : List.of(List.<String>of(), List.of("--json"))) {
      var words =
          new ArrayList<>(
              List.of("policy", "explain", policies.toString(), "--request", rooted, "--person"));
      words.addAll(form);
      assertThat(run(words.toArray(String[]::new))).isZero();
      assertThat(output.toString())
          .contains("Restore your phone.")
          .doesNotContainIgnoringCase("secret")
          .doesNotContain("127.0.0.77", "rooted", "staff", "employee", "2026");
    }
  }

  @Test
  void hostile_requests_and_folders_are_refused_within_bounds() throws IOException {
    for (var hostile :
        List.of(
            "[".repeat(100_000),
            "{\"device\":".repeat(2000),
            "a: &a [*a, *a]",
            "x".repeat(2_000_000),
            "device: !!java.net.URL ['http://127.0.0.1/']",
            "\u0000")) {
      var file = request(hostile);
      assertThat(run("policy", "decide", policies.toString(), "--request", file)).isEqualTo(2);
      assertThat(errors.toString()).hasSizeLessThan(2000);
    }
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9});
    assertThat(
            run(
                "policy",
                "decide",
                policies.toString(),
                "--request",
                folder.resolve("latin.yaml").toString()))
        .isEqualTo(2);
    cases("a: &a {b: 1}\ncases: {x: *a}\n");
    assertThat(run("policy", "test", policies.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("base.test.yaml:2:4").contains("`&a` repeats a part");
    Files.writeString(policies.resolve("huge.test.yaml"), "x".repeat(1_100_000));
    assertThat(run("policy", "test", policies.toString())).isEqualTo(2);
  }

  @Test
  void a_replay_beyond_its_limit_ends_with_1_and_names_whom() throws IOException {
    var records = BANK.resolve("records/decisions.jsonl").toString();
    assertThat(run("policy", "replay", "--records", records, "--with", policies.toString()))
        .isZero();
    assertThat(output.toString()).contains("newly denied").contains("no permit applies");
    assertThat(
            run(
                "policy",
                "replay",
                "--records",
                records,
                "--with",
                policies.toString(),
                "--max-newly-denied",
                "3",
                "--json"))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("would be denied newly, more than 3");
    assertThat(json().path("newly_denied").asLong()).isGreaterThan(3);
    assertThat(json().at("/causes/0/examples/0").asString()).startsWith("dec_");
  }

  @Test
  void lines_that_are_no_records_are_named_and_end_with_1() throws IOException {
    var records = folder.resolve("r.jsonl");
    Files.writeString(records, "{\"id\":\"dec_x\"}\nnonsense\n\nnonsense\n");
    assertThat(
            run("policy", "replay", "--records", folder.toString(), "--with", policies.toString()))
        .isEqualTo(1);
    assertThat(output.toString())
        .contains("could not be decided again")
        .contains("it has no `outcome`: r.jsonl:1")
        .contains("it is not JSON: r.jsonl:2, r.jsonl:4");
    assertThat(run("policy", "replay", "--records", "nowhere", "--with", policies.toString()))
        .isEqualTo(2);
  }

  @Test
  void every_command_has_help_with_an_example() {
    for (var command : List.of("check", "test", "decide", "explain", "replay")) {
      assertThat(run("policy", command, "--help")).isZero();
      assertThat(output.toString()).contains("Example:", "--json", "vigil policy " + command);
    }
  }
}

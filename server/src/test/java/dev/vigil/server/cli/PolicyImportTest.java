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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/// Someone who moves from another product, at the command line.
class PolicyImportTest {

  private static final String POLICY =
      """
      {"id":"11111111-2222-3333-4444-555555555555","displayName":"MFA for all","state":"enabled",
       "conditions":{"users":{"includeUsers":["All"],"excludeGroups":["g1"]},
       "applications":{"includeApplications":["All"]}},
       "grantControls":{"operator":"OR","builtInControls":["mfa"]}}\
      """;
  private static final String TERMS =
      POLICY
          .replace("MFA for all", "Terms of use")
          .replace("\"builtInControls\":[\"mfa\"]", "\"termsOfUse\":[\"t\"]");

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder = Path.of("");

  @Command(name = "vigil", description = "for tests")
  private static final class Root {}

  private int run(String... arguments) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var terminal =
        new Terminal(
            new PrintWriter(output, true), new PrintWriter(errors, true), Optional.empty());
    var context =
        new Context(terminal, folder, ManualTime.atNoon(), new SeededEntropy(1), _ -> false);
    return new CommandTree(context, new Root(), List.of(new PolicyCommand(context))).run(arguments);
  }

  private String file(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file.toString();
  }

  private String to() {
    return folder.resolve("policies").toString();
  }

  @Test
  void a_whole_export_is_carried_over_and_what_was_written_is_sound() throws Exception {
    file("export/deeper/policy.json", POLICY);
    file("export/readme.txt", "not read");
    var export = folder.resolve("export").toString();
    assertThat(run("policy", "import", "--from", "entra", export, "--to", to())).isZero();
    assertThat(output.toString())
        .contains("MFA for all -> mfa-for-all", "1 item: 1 carried over", "everything is denied");
    assertThat(folder.resolve("policies")).isDirectoryContaining("glob:**/imported-enforced.yaml");
    assertThat(run("policy", "check", to())).isZero();
  }

  @Test
  void what_was_not_carried_over_is_listed_and_the_command_says_so() throws Exception {
    var export = file("policies.json", "[" + POLICY + "," + TERMS + "]");
    assertThat(run("policy", "import", "--from", "entra", export, "--to", to())).isEqualTo(1);
    assertThat(output.toString())
        .contains(
            "NOT CARRIED OVER (1)", "Terms of use", "$[1].grantControls.termsOfUse", "next  ");
    assertThat(run("policy", "import", "--from", "entra", export, "--dry-run", "--json"))
        .isEqualTo(1);
    var report = JsonMapper.builder().build().readTree(output.toString());
    assertThat(report.path("totals").path("not").asInt()).isEqualTo(1);
    assertThat(report.path("totals").path("exactly").asInt()).isEqualTo(1);
    assertThat(report.path("items").path(1).path("findings").path(0).path("path").asString())
        .isEqualTo("$[1].grantControls.termsOfUse");
    assertThat(report.path("files").path("imported-enforced.yaml").asString())
        .contains("mfa-for-all");
  }

  @Test
  void nothing_is_overwritten_unasked() throws Exception {
    var export = file("policy.json", POLICY);
    file("policies/imported-enforced.yaml", "mine");
    assertThat(run("policy", "import", "--from", "entra", export, "--to", to())).isEqualTo(1);
    assertThat(errors.toString()).contains("nothing was written", "--force");
    assertThat(folder.resolve("policies/imported-enforced.yaml")).hasContent("mine");
    assertThat(folder.resolve("policies/imported-names.yaml")).doesNotExist();
    assertThat(run("policy", "import", "--from", "entra", export, "--to", to(), "--force"))
        .isZero();
    assertThat(folder.resolve("policies/imported-enforced.yaml")).content().contains("mfa-for-all");
  }

  @Test
  void a_base_is_written_on_request_only_and_marked_for_review() throws Exception {
    var export = file("policy.json", POLICY);
    var names = file("names.yaml", "groups: {g1: break-glass}");
    assertThat(
            run(
                "policy",
                "import",
                "--from",
                "entra",
                export,
                "--to",
                to(),
                "--names",
                names,
                "--permit-by-default",
                "staff"))
        .isZero();
    assertThat(folder.resolve("policies/base.yaml"))
        .content()
        .contains("REVIEW THIS FILE", "\"staff\" in subject.groups");
    assertThat(folder.resolve("policies/imported-enforced.yaml"))
        .content()
        .contains("\"break-glass\" in subject.groups");
    assertThat(
            run(
                "policy",
                "import",
                "--from",
                "entra",
                export,
                "--dry-run",
                "--permit-by-default",
                "Not A Group"))
        .isEqualTo(2);
  }

  @Test
  void what_cannot_be_understood_is_refused() throws Exception {
    var export = file("policy.json", POLICY);
    var broken = file("broken.json", "{");
    assertThat(run("policy", "import", "--from", "okta", export, "--dry-run")).isEqualTo(2);
    assertThat(errors.toString()).contains("`okta`", "--from entra");
    assertThat(run("policy", "import", "--from", "entra", export)).isEqualTo(2);
    assertThat(run("policy", "import", "--from", "entra", export, "--dry-run", "--to", to()))
        .isEqualTo(2);
    assertThat(run("policy", "import", "--from", "entra", broken, "--dry-run")).isEqualTo(2);
    assertThat(errors.toString()).contains("broken.json");
    assertThat(run("policy", "import", "--from", "entra", to() + "-missing", "--dry-run"))
        .isEqualTo(2);
    assertThat(run("policy", "import", "--from", "google", export, "--dry-run")).isEqualTo(2);
    assertThat(errors.toString()).contains("nothing to import");
  }
}

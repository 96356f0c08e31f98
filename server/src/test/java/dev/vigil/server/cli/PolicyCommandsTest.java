// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.testkit.SoftwareKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Planning, applying and rolling back policies at the command line.
class PolicyCommandsTest extends CommandsScene {

  @Test
  void policies_are_applied_rolled_back_and_remembered() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("base.yaml"),
        "permit:\n  staff:\n    app: mobile-bank\n    who: subject.population == 'employee'\n");
    does("policy", "apply", policies.toString(), "--reason", "the first");
    assertThat(output.toString()).contains("Version 1 is in force.").contains("added  base.yaml");
    Files.writeString(
        policies.resolve("base.yaml"),
        "permit:\n  staff:\n    ap: x\n    who: subject.nothing == 'x'\n");
    assertThat(run("policy", "apply", policies.toString(), "--reason", "broken"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("base.yaml:3:").contains("base.yaml:4:");
    does("policy", "rollback", "1", "--reason", "to be sure");
    does("policy", "history");
    assertThat(output.toString()).contains("to be sure").contains("the first");
    does("policy", "show");
    assertThat(output.toString()).contains("# version 2").contains("who: subject.population");
  }

  private void write(Path file, String who) throws Exception {
    Files.writeString(file, "permit:\n  staff:\n    app: mobile-bank\n    who: " + who + "\n");
  }

  @Test
  void a_plan_says_by_its_exit_code_whether_anything_would_change() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    write(policies.resolve("base.yaml"), "subject.population == 'employee'");
    assertThat(run("plan", "-f", policies.toString())).isEqualTo(Exit.CHANGES.code());
    assertThat(output.toString())
        .contains("added  base.yaml")
        .contains("added  permit staff")
        .contains("This would change version 0.");
    does("apply", "-f", policies.toString(), "--reason", "the first");
    assertThat(output.toString()).contains("Version 1 is in force.");
    does("plan", "-f", policies.toString());
    assertThat(output.toString()).contains("Nothing would change");
    write(policies.resolve("base.yaml"), "subject.popluation == 'employee'");
    assertThat(run("plan", "-f", policies.toString())).isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("base.yaml:4:");
    assertThat(run("plan")).isEqualTo(Exit.USAGE.code());
    assertThat(run("plan", "-f", policies.toString(), "--pending")).isEqualTo(Exit.USAGE.code());
  }

  @Test
  void an_earlier_version_comes_back_by_one_command_and_in_an_emergency_too() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    write(policies.resolve("base.yaml"), "subject.population == 'employee'");
    does("apply", policies.toString(), "--reason", "the first");
    write(policies.resolve("base.yaml"), "subject.population == 'partner'");
    does("apply", "-f", policies.toString(), "--based-on", "1", "--reason", "the second");
    does("rollback", "1", "--reason", "back");
    assertThat(output.toString()).contains("Version 3 is in force, with the files of version 1.");
    does("rollback", "2", "--emergency", "--reason", "on fire");
    assertThat(output.toString()).contains("Version 4 is in force");
    assertThat(run("apply", "-f", policies.toString(), "--based-on", "1", "--reason", "late"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("changed by somebody else");
  }

  @Test
  void a_machine_is_told_what_it_may_ask_about() throws Exception {
    var csr = folder.resolve("gateway.csr");
    Files.writeString(
        csr,
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(SoftwareKey.generate().certificateRequest().toArray())
            + "\n-----END CERTIFICATE REQUEST-----\n");
    does("partner", "add", "gateway", "--workload", "--csr", csr.toString(), "--reason", "new");
    does("partner", "enforce", "gateway", "--app", "todo", "--app", "staff", "--reason", "new");
    assertThat(output.toString()).contains("gateway may ask about staff todo.");
    does("partner", "enforce", "gateway", "--reason", "retired");
    assertThat(output.toString()).contains("gateway may ask about nothing any more.");
    assertThat(run("partner", "enforce", "root", "--app", "todo", "--reason", "a person"))
        .isEqualTo(Exit.REFUSED.code());
  }
}

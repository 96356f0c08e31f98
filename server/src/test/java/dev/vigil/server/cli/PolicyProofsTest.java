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
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vigil policy prove` and `vigil policy diff`, as they are typed.
class PolicyProofsTest {

  private static final Path BANK =
      Path.of(System.getProperty("vigil.root", "..")).resolve("examples/bank/policies");
  private static final String POLICY =
      """
      permit:
        staff: {app: files, who: subject.population == "employee"}
      forbid:
        rooted: {app: any, when: device.rooted}
      """;

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder = Path.of("");

  @Command(name = "vigil", description = "for tests")
  private static final class Root {}

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(folder.resolve("old"));
    Files.createDirectory(folder.resolve("new"));
    file("old/it.yaml", POLICY);
    file("new/it.yaml", POLICY);
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var terminal = new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty());
    var context =
        new Context(terminal, folder, ManualTime.atNoon(), new SeededEntropy(5), _ -> false);
    return new CommandTree(context, new Root(), CommandTree.administration(context)).run(arguments);
  }

  private JsonNode json() {
    return JsonMapper.builder().build().readTree(output.toString());
  }

  private String old() {
    return folder.resolve("old").toString();
  }

  private String later() {
    return folder.resolve("new").toString();
  }

  @Test
  void the_bank_proves_its_properties() {
    assertThat(run("policy", "prove", BANK.toString())).as(errors.toString()).isZero();
    assertThat(output.toString())
        .contains("proved      payments-need-an-approval")
        .contains("8 of 8 properties are proved");
  }

  @Test
  void a_broken_property_is_shown_with_a_request() throws IOException {
    file(
        "old/it.properties.yaml",
        "broken: {never: allow, when: app.id == \"files\", text: Nobody reaches the files.}\n"
            + "sound: {never: allow, when: device.rooted}\n");
    assertThat(run("policy", "prove", old())).isEqualTo(1);
    assertThat(output.toString())
        .contains("refuted     broken", "Nobody reaches the files.", "\"device.rooted\" : false")
        .contains("proved      sound", "1 of 2 properties are proved");
    assertThat(run("policy", "prove", old(), "--property", "sound")).isZero();
    assertThat(run("policy", "prove", old(), "--property", "sund")).isEqualTo(2);
    assertThat(errors.toString()).contains("did you mean `sound`?");
  }

  @Test
  void a_broken_property_is_shown_to_programs() throws IOException {
    file("old/it.properties.yaml", "broken: {never: allow, when: app.id == \"files\"}\n");
    assertThat(run("policy", "prove", "--json", old())).isEqualTo(1);
    var property = json().path("properties").get(0);
    assertThat(property.path("result").asString()).isEqualTo("refuted");
    assertThat(property.path("request").path("facts").path("app.id").asString()).isEqualTo("files");
  }

  @Test
  void what_cannot_be_proved_is_no_proof() throws IOException {
    file(
        "old/it.properties.yaml",
        "odd: {never: allow, when: 'subject.groups.exists(g, subject.groups.exists(h, g !="
            + " h))'}\n");
    assertThat(run("policy", "prove", old())).isEqualTo(1);
    assertThat(output.toString()).contains("not proved  odd", "`odd` is outside");
  }

  @Test
  void properties_that_cannot_be_read_are_told() throws IOException {
    assertThat(run("policy", "prove", old())).isEqualTo(2);
    assertThat(errors.toString()).contains("holds no properties");
    file("old/it.properties.yaml", "odd: {never: allow, when: device.roted}\n");
    assertThat(run("policy", "prove", old())).isEqualTo(2);
    assertThat(errors.toString()).contains("it.properties.yaml:1:");
    assertThat(run("policy", "prove", old(), "--timeout", "soon")).isEqualTo(2);
  }

  @Test
  void rules_that_do_nothing_are_told() throws IOException {
    assertThat(run("policy", "prove", "--rules", old())).isZero();
    file(
        "old/more.yaml",
        "permit:\n"
            + "  boss: {app: files, who: 'subject.population == \"employee\" &&"
            + " device.managed'}\n");
    assertThat(run("policy", "prove", "--rules", old())).isEqualTo(1);
    assertThat(output.toString()).contains("boss", "changes nothing");
  }

  @Test
  void what_says_the_same_is_no_difference() {
    assertThat(run("policy", "diff", old(), later())).as(errors.toString()).isZero();
    assertThat(output.toString()).contains("The same people are let in");
  }

  @Test
  void whoever_is_let_in_or_out_is_told() throws IOException {
    file("new/it.yaml", POLICY.replace("\"employee\"", "\"partner\""));
    assertThat(run("policy", "diff", old(), later())).isEqualTo(1);
    assertThat(output.toString())
        .contains("files: access widens for partner", "files: access narrows for employee");
    assertThat(run("policy", "diff", "--json", old(), later())).isEqualTo(1);
    assertThat(json().path("same").asBoolean()).isFalse();
    assertThat(json().path("differences").size()).isEqualTo(2);
  }

  @Test
  void policies_that_cannot_be_read_are_trouble() throws IOException {
    file("new/it.yaml", "permit: {odd: {app: any}}");
    assertThat(run("policy", "diff", old(), later())).isEqualTo(2);
    assertThat(run("policy", "diff", old(), folder.resolve("nowhere").toString())).isEqualTo(2);
  }
}

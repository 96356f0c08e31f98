// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.TimeSource;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What somebody who types `vigil ...` may rely on, without a server.
class VigilTest {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @TempDir Path folder = Path.of("");

  private record Noon() implements TimeSource {
    @Override
    public Instant now() {
      return Instant.parse("2026-11-22T12:00:00Z");
    }

    @Override
    public long nanos() {
      return 0;
    }
  }

  private Context context() {
    var terminal =
        new Terminal(
            new PrintWriter(output, true), new PrintWriter(errors, true), Optional.empty());
    return new Context(terminal, folder.resolve("vigil"), new Noon(), byte[]::new, _ -> false);
  }

  private int run(String... arguments) {
    return Vigil.tree(context()).run(arguments);
  }

  private static List<CommandLine> all(CommandLine line) {
    var found = new ArrayList<CommandLine>(List.of(line));
    line.getSubcommands().values().forEach(below -> found.addAll(all(below)));
    return found;
  }

  @Test
  void every_command_has_help_with_a_description_and_an_example_that_parses() {
    var root = Vigil.tree(context()).line();
    for (var line : all(root)) {
      var spec = line.getCommandSpec();
      var name = spec.qualifiedName();
      assertThat(spec.usageMessage().description()).as(name).isNotEmpty();
      var help = line.getUsageMessage();
      assertThat(help).as(name).contains("Example:").contains("--help");
      var example =
          String.join(" ", List.of(spec.usageMessage().footer()))
              .replace("\\ ", "")
              .replaceFirst(".*Example: +", "")
              .strip();
      assertThat(example).as(name).startsWith("vigil ");
      assertThat(parses(words(example))).as(example).isTrue();
    }
  }

  private boolean parses(List<String> words) {
    var parsed =
        Vigil.tree(context())
            .line()
            .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    return parsed.errors().isEmpty();
  }

  /// The words of a shell line, without what redirects.
  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    var match =
        java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)")
            .matcher(line.replaceFirst(" > .*", ""));
    while (match.find()) words.add(match.group(1) == null ? match.group(2) : match.group(1));
    return words;
  }

  @Test
  void every_command_that_asks_the_server_offers_json_and_every_change_a_reason() {
    for (var line : all(Vigil.tree(context()).line())) {
      var spec = line.getCommandSpec();
      boolean leaf =
          spec.subcommands().isEmpty() && !List.of("login", "logout").contains(spec.name());
      if (leaf) assertThat(spec.findOption("--json")).as(spec.qualifiedName()).isNotNull();
      if (List.of("invite", "disable", "revoke", "put", "apply", "rollback", "add", "remove")
          .contains(spec.name()))
        assertThat(spec.findOption("--reason")).as(spec.qualifiedName()).isNotNull();
    }
  }

  @Test
  void help_and_version_succeed_and_go_to_the_output() {
    assertThat(run("--help")).isEqualTo(Exit.DONE.code());
    assertThat(run("--version")).isEqualTo(Exit.DONE.code());
    assertThat(run("user", "invite", "--help")).isEqualTo(Exit.DONE.code());
    assertThat(output.toString()).contains("vigil 0.1.0", "Exit codes", "USER-NAME");
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void what_is_mistyped_ends_with_2_and_says_what_was_meant() {
    assertThat(run("usr", "list")).isEqualTo(Exit.USAGE.code());
    assertThat(errors.toString())
        .contains("usr")
        .contains("did you mean")
        .contains("user")
        .contains("--help");
    assertThat(run("user")).isEqualTo(Exit.USAGE.code());
    assertThat(run()).isEqualTo(Exit.USAGE.code());
    assertThat(run("user", "list", "--jsn")).isEqualTo(Exit.USAGE.code());
    assertThat(run("app", "put", "bank")).isEqualTo(Exit.USAGE.code());
    assertThat(run("policy", "rollback", "three")).isEqualTo(Exit.USAGE.code());
    assertThat(output.toString()).isEmpty();
  }

  @Test
  void a_number_that_is_none_is_told_in_plain_words() {
    assertThat(run("events", "tail", "--last", "soon")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("`soon` is not a whole number that fits")
        .contains("--help")
        .doesNotContain("int");
  }

  @Test
  void who_is_not_signed_in_is_told_so_with_3() {
    assertThat(run("user", "list")).isEqualTo(Exit.NOT_SIGNED_IN.code());
    assertThat(errors.toString()).contains("you are not signed in").contains("vigil login");
    assertThat(run("logout")).isEqualTo(Exit.DONE.code());
  }

  @Test
  void a_server_that_does_not_answer_ends_with_4() {
    assertThat(run("login", "--issuer", "https://127.0.0.1:1", "--no-browser"))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(errors.toString()).contains("does not answer");
  }

  @Test
  void an_issuer_that_is_no_https_origin_is_refused() {
    for (var typed :
        List.of(
            "http://vigil.example",
            "vigil.example",
            "https://vigil.example/path",
            "https://user@vigil.example",
            "https://vigil.example?x",
            "https://",
            "https://a b")) {
      assertThat(run("login", "--issuer", typed)).as(typed).isEqualTo(Exit.USAGE.code());
    }
  }

  @Test
  void a_sign_in_that_others_may_read_is_not_used() throws IOException {
    var file = folder.resolve("vigil/sign-in.json");
    Files.createDirectories(folder.resolve("vigil"));
    Files.writeString(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("user", "list")).isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("others on this machine may read");
  }

  @Test
  void policies_are_checked_without_a_server_and_every_problem_has_its_place() throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"),
        "permit:\n  staff:\n    app: mobile-bank\n    who: subject.popluation == 'employee'\n");
    assertThat(run("policy", "check", folder.toString())).isEqualTo(Exit.REFUSED.code());
    assertThat(output.toString()).contains("base.yaml:4:").contains("popluation");
    Files.writeString(
        folder.resolve("base.yaml"),
        "permit:\n  staff:\n    app: mobile-bank\n    who: subject.population == 'employee'\n");
    assertThat(run("policy", "check", folder.toString())).isEqualTo(Exit.DONE.code());
    assertThat(output.toString()).contains("1 file, no problems.");
    assertThat(run("policy", "check", folder.resolve("nothing").toString()))
        .isEqualTo(Exit.USAGE.code());
  }

  @Test
  void what_a_server_says_cannot_steer_the_terminal() {
    context().terminal().line("\u001b[2Jevil\u202e\rx");
    assertThat(output.toString()).isEqualTo("?[2Jevil??x" + System.lineSeparator());
  }
}

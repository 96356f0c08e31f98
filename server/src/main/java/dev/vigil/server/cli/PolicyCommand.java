// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil policy`: what decides.
@Command(
    name = "policy",
    description = "policies: show, check, apply, roll back",
    footer = {"", "Example:", "  vigil policy check policies/"})
final class PolicyCommand extends GroupOfCommands {

  private final Context context;

  PolicyCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(
        new Show(context),
        new Apply(context),
        new PolicyCheck(context),
        new PolicyProve(context),
        new PolicyDiff(context),
        new Rollback(context),
        new History(context));
  }

  @Command(
      name = "show",
      description = "the policies in force, or those of a version",
      footer = {"", "Example:", "  vigil policy show --version 3"})
  static final class Show extends AdminCommand {
    @Option(names = "--version", paramLabel = "N", description = "an earlier version")
    String version = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var path = version.isEmpty() ? "/policies" : Api.path("policies", "versions", version);
      var found = api.get("the policies cannot be shown", path, Map.of());
      show(found, terminal -> print(terminal, found));
    }

    private static void print(Terminal terminal, JsonNode found) {
      terminal.line(
          "# version "
              + text(found, "version")
              + ", "
              + moment(found, "published_at")
              + ", by "
              + text(found, "actor")
              + ": "
              + text(found, "reason"));
      found
          .path("files")
          .properties()
          .forEach(file -> {
            terminal.line("# " + file.getKey());
            terminal.line(file.getValue().asString().stripTrailing());
          });
    }
  }

  private static void print(AdminCommand command, JsonNode applied, String sentence) {
    command.show(
        applied,
        terminal -> {
          applied
              .path("differences")
              .forEach(one -> terminal.line("  " + text(one, "kind") + "  " + text(one, "file")));
          applied.path("warnings").forEach(one -> terminal.line("  look at  " + one.asString()));
          terminal.line(sentence);
        });
  }

  @Command(
      name = "apply",
      description = "publish the policies of a folder; nothing changes if they have a problem",
      footer = {
        "",
        "Example:",
        "  vigil policy apply policies/ --reason \"payments need a hardware passkey\""
      })
  static final class Apply extends ChangeCommand {
    @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
    Path folder = Path.of("");

    @Option(
        names = "--based-on",
        paramLabel = "N",
        description = "refuse if another version than this one is in force by now")
    OptionalLong basedOn = OptionalLong.empty();

    Apply(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because();
      var files = content.putObject("files");
      PolicyFolder.read(folder).forEach(files::put);
      basedOn.ifPresent(version -> content.put("based_on", version));
      var applied = api.post("the policies were not applied", "/policies/apply", content);
      print(this, applied, "Version " + text(applied, "version") + " is in force.");
    }
  }

  @Command(
      name = "rollback",
      description = "publish an earlier version once more",
      footer = {
        "",
        "Example:",
        "  vigil policy rollback 3 --reason \"version 4 locked out the branches\""
      })
  static final class Rollback extends ChangeCommand {
    @Parameters(paramLabel = "N", description = "the version to go back to")
    long version;

    Rollback(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var applied =
          api.post(
              "the policies were not changed",
              "/policies/rollback",
              because().put("version", version));
      print(
          this,
          applied,
          "Version "
              + text(applied, "version")
              + " is in force, with the files of version "
              + version
              + ".");
    }
  }

  @Command(
      name = "history",
      description = "every version, newest first",
      footer = {"", "Example:", "  vigil policy history --limit 10"})
  static final class History extends AdminCommand {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "how many (default: ${DEFAULT-VALUE})")
    int limit = 20;

    History(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var versions =
          api.get(
              "the history cannot be shown",
              "/policies/versions",
              Map.of("limit", Integer.toString(limit)));
      var table = new Table("VERSION", "PUBLISHED", "BY", "FILES", "REASON");
      versions
          .path("items")
          .forEach(one ->
              table.row(
                  text(one, "version"),
                  moment(one, "published_at"),
                  text(one, "actor"),
                  text(one, "files"),
                  text(one, "reason")));
      table(versions, table);
    }
  }
}

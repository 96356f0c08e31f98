// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `vigil policy`: what decides.
@Command(
    name = "policy",
    description = "policies: check, test, decide, explain, replay; show, apply, roll back",
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
        new ApplyCommand(context),
        new PolicyBaseline(context),
        new PolicyCheck(context),
        new PolicyImport(context),
        new PolicyCases(context),
        new PolicyDecide(context),
        new PolicyExplain(context),
        new PolicyReplay(context),
        new RollbackCommand(context),
        new PolicyProve(context),
        new PolicyDiff(context),
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

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.text;
import static dev.vigil.server.cli.AdminCommand.words;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// `vigil app`: the applications that are protected.
@Command(
    name = "app",
    description = "protected apps: list, put, show, remove",
    footer = {"", "Example:", "  vigil app list"})
final class AppCommand extends GroupOfCommands {

  private static final String WHICH = "the app's name, such as mobile-bank";
  private final Context context;

  AppCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new All(context), new Put(context), new Show(context), new Remove(context));
  }

  @Command(
      name = "list",
      description = "every app",
      footer = {"", "Example:", "  vigil app list"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var apps = api.all("the apps cannot be listed", "/apps", Map.of());
      var table = new Table("APP", "HOST", "UPSTREAM", "SENSITIVITY", "TAGS");
      apps.forEach(one ->
          table.row(
              text(one, "id"),
              text(one, "host"),
              text(one, "upstream"),
              text(one, "sensitivity"),
              words(one, "tags")));
      table(apps, table);
    }
  }

  @Command(
      name = "put",
      description = "add an app, or replace the one of this name",
      footer = {
        "",
        "Example:",
        "  vigil app put mobile-bank --host bank.apps.example --upstream https://10.1.2.3:8443"
            + " --sensitivity high \\",
        "    --transaction \"POST /payments amount,currency,to\" --reason \"the bank moves behind"
            + " Vigil\""
      })
  static final class Put extends ChangeCommand {
    @Parameters(paramLabel = "APP", description = WHICH)
    String app = "";

    @Option(
        names = "--host",
        required = true,
        paramLabel = "HOST",
        description = "the host name by which phones reach it")
    String host = "";

    @Option(
        names = "--upstream",
        required = true,
        paramLabel = "URL",
        description = "where it really is: http or https, host and port")
    String upstream = "";

    @Option(
        names = "--sensitivity",
        paramLabel = "LEVEL",
        defaultValue = "normal",
        description = "low, normal, high or critical (default: ${DEFAULT-VALUE})")
    String sensitivity = "normal";

    @Option(names = "--tag", paramLabel = "TAG", description = "may be given several times")
    List<String> tags = List.of();

    @Option(
        names = "--transaction",
        paramLabel = "\"METHOD PATH MEMBERS\"",
        description =
            "a request that a person may have to approve, with the members of its body to show,"
                + " joined by commas; may be given several times")
    List<String> transactions = List.of();

    Put(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content =
          because().put("host", host).put("upstream", upstream).put("sensitivity", sensitivity);
      tags.forEach(content.putArray("tags")::add);
      var all = content.putArray("transactions");
      transactions.forEach(one -> add(all, one));
      show(
          api.put("the app was not put", Api.path("apps", app), content),
          "`" + app + "` is reached at `" + host + "`.");
    }

    private static void add(ArrayNode all, String typed) {
      var parts = List.of(typed.strip().split(" +", -1));
      if (parts.size() < 2 || parts.size() > 3)
        throw Failure.usage(
            "`" + typed + "` is not a transaction",
            "write it like `POST /payments amount,currency,to`");
      var one = all.addObject().put("method", parts.get(0)).put("path", parts.get(1));
      var shown = one.putArray("shown");
      if (parts.size() == 3) List.of(parts.get(2).split(",", -1)).forEach(shown::add);
    }
  }

  @Command(
      name = "show",
      description = "one app",
      footer = {"", "Example:", "  vigil app show mobile-bank"})
  static final class Show extends AdminCommand {
    @Parameters(paramLabel = "APP", description = WHICH)
    String app = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var found = api.get("the app cannot be shown", Api.path("apps", app), Map.of());
      show(found, terminal -> print(terminal, found));
    }

    private static void print(Terminal terminal, JsonNode found) {
      terminal.line(text(found, "id"));
      terminal.line("  host         " + text(found, "host"));
      terminal.line("  upstream     " + text(found, "upstream"));
      terminal.line("  sensitivity  " + text(found, "sensitivity"));
      terminal.line("  tags         " + words(found, "tags"));
      var table = new Table("TRANSACTION", "PATH", "SHOWN");
      found
          .path("transactions")
          .forEach(one -> table.row(text(one, "method"), text(one, "path"), words(one, "shown")));
      table.lines().forEach(line -> terminal.line("  " + line));
    }
  }

  @Command(
      name = "remove",
      description = "take an app away; nobody reaches it from then on",
      footer = {"", "Example:", "  vigil app remove old-portal --reason \"switched off\""})
  static final class Remove extends ChangeCommand {
    @Parameters(paramLabel = "APP", description = WHICH)
    String app = "";

    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("the app was not removed", Api.path("apps", app, "remove"), because()),
          "`" + app + "` is removed.");
    }
  }
}

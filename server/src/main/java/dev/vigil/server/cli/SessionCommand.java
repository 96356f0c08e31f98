// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;
import static dev.vigil.server.cli.AdminCommand.words;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil session`: who is signed in, and the end of it.
@Command(
    name = "session",
    description = "sessions: list, show, revoke",
    footer = {"", "Example:", "  vigil session list"})
final class SessionCommand extends GroupOfCommands {

  private final Context context;

  SessionCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new All(context), new Show(context), new Revoke(context));
  }

  static Table table(JsonNode sessions) {
    var table = new Table("SESSION", "SUBJECT", "BOUND TO", "DEVICE", "SINCE", "UNTIL");
    sessions.forEach(one ->
        table.row(
            text(one, "id"),
            text(one, "subject"),
            text(one, "binding"),
            text(one, "device"),
            moment(one, "started_at"),
            moment(one, "expires_at")));
    return table;
  }

  @Command(
      name = "list",
      description = "the sessions that live, all or one person's",
      footer = {"", "Example:", "  vigil session list --user alice@bank.example"})
  static final class All extends AdminCommand {
    @Option(names = "--user", paramLabel = "USER", description = "only this person's")
    String user = "";

    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var sessions = api.all("the sessions cannot be listed", "/sessions", Map.of("subject", user));
      table(sessions, SessionCommand.table(sessions));
    }
  }

  @Command(
      name = "show",
      description = "one session with the authentications made in it",
      footer = {"", "Example:", "  vigil session show ses_aaaaaaaaaaaaaaaaaaaaaaaaaa"})
  static final class Show extends AdminCommand {
    @Parameters(paramLabel = "SESSION", description = "the session's id")
    String session = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var found = api.get("the session cannot be shown", Api.path("sessions", session), Map.of());
      show(found, terminal -> print(terminal, found));
    }

    private static void print(Terminal terminal, JsonNode found) {
      terminal.line(text(found, "id"));
      terminal.line("  subject   " + text(found, "subject"));
      terminal.line(
          "  bound to  "
              + text(found, "binding")
              + (found.has("device") ? " " + text(found, "device") : ""));
      terminal.line("  since     " + moment(found, "started_at"));
      terminal.line("  until     " + moment(found, "expires_at"));
      if (found.has("ended"))
        terminal.line(
            "  ended     "
                + moment(found.path("ended"), "at")
                + ", "
                + text(found.path("ended"), "cause"));
      var table = new Table("AUTHENTICATED", "STRENGTH", "METHODS");
      found
          .path("authentications")
          .forEach(
              one -> table.row(moment(one, "at"), text(one, "strength"), words(one, "methods")));
      table.lines().forEach(line -> terminal.line("  " + line));
    }
  }

  @Command(
      name = "revoke",
      description = "end a session, with its tokens and streams",
      footer = {
        "",
        "Example:",
        "  vigil session revoke ses_aaaaaaaaaaaaaaaaaaaaaaaaaa --reason \"left signed in on a"
            + " shared phone\""
      })
  static final class Revoke extends ChangeCommand {
    @Parameters(paramLabel = "SESSION", description = "the session's id")
    String session = "";

    Revoke(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("the session was not ended", Api.path("sessions", session, "revoke"), because()),
          "`" + session + "` has ended.");
    }
  }
}

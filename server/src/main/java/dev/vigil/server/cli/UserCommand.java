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

/// `vigil user`: who may sign in, and as what.
@Command(
    name = "user",
    description = "people: invite, list, disable, put into groups",
    footer = {"", "Example:", "  vigil user list"})
final class UserCommand extends GroupOfCommands {

  private static final String WHO = "user name or id";
  private final Context context;

  UserCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(
        new All(context),
        new Invite(context),
        new Reinvite(context),
        new UserPass(context),
        new Show(context),
        new Disable(context),
        new Enable(context),
        new Groups(context),
        new Roles(context),
        new PasskeyCommands.All(context),
        new PasskeyCommands.Remove(context));
  }

  @Command(
      name = "list",
      description = "everybody, or the members of one group",
      footer = {"", "Example:", "  vigil user list --group payments-team"})
  static final class All extends AdminCommand {
    @Option(names = "--group", paramLabel = "GROUP", description = "only its members")
    String group = "";

    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var people = api.all("the people cannot be listed", "/subjects", Map.of("group", group));
      var table = new Table("USER NAME", "NAME", "POPULATION", "ACTIVE", "ROLES", "GROUPS", "ID");
      people.forEach(one ->
          table.row(
              text(one, "user_name"),
              text(one, "display_name"),
              text(one, "population"),
              yes(one, "active"),
              words(one, "roles"),
              words(one, "groups"),
              text(one, "id")));
      table(people, table);
    }
  }

  static String yes(JsonNode node, String name) {
    return text(node, name).equals("true") ? "yes" : "no";
  }

  @Command(
      name = "invite",
      description = "add a person and get the link with which they register their first passkey",
      footer = {
        "",
        "Example:",
        "  vigil user invite alice@bank.example --name \"Alice Ito\" --group payments-team --reason"
            + " \"joined on Monday\""
      })
  static final class Invite extends ChangeCommand {
    @Parameters(paramLabel = "USER-NAME", description = "such as alice@bank.example")
    String userName = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "what other people call them (default: the user name)")
    String name = "";

    @Option(
        names = "--population",
        paramLabel = "POPULATION",
        description = "employee, customer or partner (default: ${DEFAULT-VALUE})",
        defaultValue = "employee")
    String population = "employee";

    @Option(names = "--group", paramLabel = "GROUP", description = "may be given several times")
    List<String> groups = List.of();

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description =
            "administrator, break-glass, policy-author, help-desk or auditor; may be given several"
                + " times")
    List<String> roles = List.of();

    Invite(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content =
          because()
              .put("user_name", userName)
              .put("display_name", name.isEmpty() ? userName : name)
              .put("population", population);
      groups.forEach(content.putArray("groups")::add);
      roles.forEach(content.putArray("roles")::add);
      invited(this, api.post("nobody was invited", "/subjects", content));
    }
  }

  private static void invited(AdminCommand command, JsonNode answer) {
    var invitation = answer.path("invitation");
    command.show(
        answer,
        terminal -> {
          terminal.line(
              "`"
                  + text(answer.path("subject"), "user_name")
                  + "` is invited. Give them this link over a channel you trust; it works once,"
                  + " until "
                  + moment(invitation, "expires_at")
                  + ":");
          terminal.line("  " + text(invitation, "url"));
        });
  }

  @Command(
      name = "reinvite",
      description = "a new invitation for somebody who lost theirs, or their passkey",
      footer = {
        "",
        "Example:",
        "  vigil user reinvite alice@bank.example --reason \"new phone, identity checked by video\""
      })
  static final class Reinvite extends ChangeCommand {
    @Parameters(paramLabel = "USER", description = WHO)
    String user = "";

    Reinvite(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      invited(
          this,
          api.post("nobody was invited", Api.path("subjects", user, "invitation"), because()));
    }
  }

  @Command(
      name = "show",
      description = "one person with passkeys, devices and sessions",
      footer = {"", "Example:", "  vigil user show alice@bank.example"})
  static final class Show extends AdminCommand {
    @Parameters(paramLabel = "USER", description = WHO)
    String user = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var person = api.get("the person cannot be shown", Api.path("subjects", user), Map.of());
      show(person, terminal -> print(terminal, person));
    }

    private static void print(Terminal terminal, JsonNode person) {
      var subject = person.path("subject");
      terminal.line(text(subject, "display_name") + " (" + text(subject, "user_name") + ")");
      terminal.line("  id          " + text(subject, "id"));
      terminal.line("  population  " + text(subject, "population"));
      terminal.line("  active      " + yes(subject, "active"));
      terminal.line("  roles       " + words(subject, "roles"));
      terminal.line("  groups      " + words(subject, "groups"));
      terminal.line("  passkeys    " + text(person, "passkeys"));
      terminal.line("  since       " + moment(subject, "created_at"));
      DeviceCommand.table(person.path("devices"))
          .lines()
          .forEach(line -> terminal.line("  " + line));
      SessionCommand.table(person.path("sessions"))
          .lines()
          .forEach(line -> terminal.line("  " + line));
    }
  }

  @Command(
      name = "disable",
      description = "let nobody sign in as this person, and end their sessions",
      footer = {
        "",
        "Example:",
        "  vigil user disable mallory@bank.example --reason \"left the company\""
      })
  static final class Disable extends ChangeCommand {
    @Parameters(paramLabel = "USER", description = WHO)
    String user = "";

    Disable(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("nobody was disabled", Api.path("subjects", user, "disable"), because()),
          "`" + user + "` is disabled and every session of theirs has ended.");
    }
  }

  @Command(
      name = "enable",
      description = "let a disabled person sign in again",
      footer = {
        "",
        "Example:",
        "  vigil user enable alice@bank.example --reason \"back from leave\""
      })
  static final class Enable extends ChangeCommand {
    @Parameters(paramLabel = "USER", description = WHO)
    String user = "";

    Enable(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("nobody was enabled", Api.path("subjects", user, "enable"), because()),
          "`" + user + "` may sign in again.");
    }
  }

  @Command(
      name = "groups",
      description = "put a person into groups, exactly these",
      footer = {
        "",
        "Example:",
        "  vigil user groups alice@bank.example payments-team all-staff --reason \"moved to"
            + " payments\""
      })
  static final class Groups extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "USER", description = WHO)
    String user = "";

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "GROUP",
        description = "all of the person's groups; none to take them out of every group")
    List<String> groups = List.of();

    Groups(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because();
      groups.forEach(content.putArray("groups")::add);
      var subject =
          api.put("the groups were not changed", Api.path("subjects", user, "groups"), content);
      show(subject, "`" + user + "` is in: " + words(subject, "groups"));
    }
  }

  @Command(
      name = "roles",
      description = "give a person administrative roles, exactly these",
      footer = {
        "",
        "Example:",
        "  vigil user roles bob@bank.example help-desk auditor --reason \"second line of support\""
      })
  static final class Roles extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "USER", description = WHO)
    String user = "";

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "ROLE",
        description =
            "administrator, break-glass, policy-author, help-desk, auditor; none to take every role"
                + " away")
    List<String> roles = List.of();

    Roles(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because();
      roles.forEach(content.putArray("roles")::add);
      var subject =
          api.put("the roles were not changed", Api.path("subjects", user, "roles"), content);
      show(subject, "`" + user + "` has the roles: " + words(subject, "roles"));
    }
  }
}

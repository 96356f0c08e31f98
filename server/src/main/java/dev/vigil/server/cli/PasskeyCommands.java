// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vigil user passkeys` and `vigil user remove-passkey`: what a person signs in with.
final class PasskeyCommands {

  private static final String WHO = "user name or id";

  private PasskeyCommands() {}

  @Command(
      name = "passkeys",
      description = "the passkeys of one person: what they are and when they were used",
      footer = {"", "Example:", "  vigil user passkeys alice@bank.example"})
  static final class All extends AdminCommand {
    @Parameters(paramLabel = "USER", description = WHO)
    String user = "";

    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var passkeys =
          api.all(
              "the passkeys cannot be listed", Api.path("subjects", user, "passkeys"), Map.of());
      var table = new Table("NAME", "SYNCED", "ATTESTATION", "MODEL", "LAST USED", "ID");
      passkeys.forEach(one ->
          table.row(
              text(one, "name"),
              UserCommand.yes(one, "synced"),
              text(one, "attestation") + ", " + text(one, "trust"),
              text(one, "model"),
              moment(one, "last_used_at"),
              text(one, "id")));
      table(passkeys, table);
    }
  }

  @Command(
      name = "remove-passkey",
      description = "remove a passkey, and end the sessions that rest on it",
      footer = {
        "",
        "Example:",
        "  vigil user remove-passkey alice@bank.example AAECAw --reason \"the key was lost\""
      })
  static final class Remove extends ChangeCommand {
    @Parameters(index = "0", paramLabel = "USER", description = WHO)
    String user = "";

    @Parameters(
        index = "1",
        paramLabel = "PASSKEY",
        description = "its id, as `vigil user passkeys` shows it")
    String passkey = "";

    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var removed =
          api.post(
              "no passkey was removed",
              Api.path("subjects", user, "passkeys", passkey, "remove"),
              because());
      show(
          removed,
          "`"
              + text(removed, "name")
              + "` of `"
              + user
              + "` is removed; sessions that rested on it alone have ended.");
    }
  }
}

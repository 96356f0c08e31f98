// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil user pass`: the way back for somebody without a passkey.
@Command(
    name = "pass",
    description =
        "a temporary access pass, with which somebody without a passkey registers one; it is short,"
            + " works once and signs nobody in",
    footer = {
      "",
      "Example:",
      "  vigil user pass alice@bank.example --minutes 30 --reason \"lost her phone, identity"
          + " checked at the branch\""
    })
final class UserPass extends ChangeCommand {

  @Parameters(paramLabel = "USER", description = "user name or id")
  String user = "";

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      description = "how long it lasts, 5 to 480 (default: ${DEFAULT-VALUE})",
      defaultValue = "60")
  long minutes = 60;

  UserPass(Context context) {
    super(context);
  }

  @Override
  void run(Api api) {
    var answer =
        api.post(
            "no pass was given",
            Api.path("subjects", user, "temporary-pass"),
            because().put("minutes", minutes));
    show(
        answer,
        terminal -> {
          terminal.line(
              "Tell `"
                  + text(answer.path("subject"), "user_name")
                  + "` this pass over a channel you trust; it works once, until "
                  + moment(answer, "expires_at")
                  + ":");
          terminal.line("  " + text(answer, "temporary_pass"));
          terminal.line("They type it on the page /recover of the sign-in address.");
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.signin.Recovery;
import dev.vigil.api.signin.PersonRoutes;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.GroupOfCommands;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil admin`: what is left when no administrator can sign in.
@Command(
    name = "admin",
    description = "on the server's machine itself: the way back in for administrators",
    footer = {"", "Example:", "  vigil admin recover ada@bank.example"})
final class AdminCommand extends GroupOfCommands {

  private final Context context;

  AdminCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Recover(context));
  }

  @Command(
      name = "recover",
      description = "make a person an administrator, with a link to register a passkey",
      footer = {
        "",
        "Stop the server first; the link works once it runs again. It goes into a file in the data",
        "folder that only the server's account can read. The act is recorded as an event.",
        "",
        "Example:",
        "  vigil admin recover ada@bank.example --config /etc/vigil/vigil.yaml"
      })
  static final class Recover extends LocalCommand {

    @Mixin Place place = new Place();

    @Parameters(paramLabel = "USER-NAME", description = "somebody known, or a new user name")
    String userName = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "what people call somebody new (default: the user name)")
    String name = "";

    Recover(Context context) {
      super(context, "nobody became an administrator");
    }

    @Override
    void run() throws IOException {
      var configuration = place.installed();
      var known = Foundation.required(UserName.of(userName));
      var shown = Foundation.required(DisplayName.of(name.isBlank() ? userName : name));
      var machine = new Machine(context.time(), context.entropy());
      try (var foundation = Foundation.open(configuration, machine)) {
        var invited = Foundation.required(new Recovery(foundation.changes()).recover(known, shown));
        var link = URI.create(PersonRoutes.link(configuration.face().browser(), invited));
        var file = OneTimeLink.keepRecovery(configuration.dataFolder(), link);
        long hours = invited.life().toHours();
        answer(
            object()
                .put("user_name", known.value())
                .put("subject", invited.subject().value())
                .put("link", file.toString())
                .put("hours", hours),
            "`" + known.value() + "` is an administrator.",
            "  next  start the server, and open the link in "
                + file
                + " within "
                + hours
                + " hours to register a passkey");
      }
    }
  }
}

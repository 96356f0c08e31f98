// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil keys`: the signing keys of a running server. What needs the machine itself is added where
/// it is known.
@Command(
    name = "keys",
    description = "the server's signing keys: list, rotate; on its own machine also the root key",
    footer = {"", "Example:", "  vigil keys rotate device-authority --reason \"yearly\""})
public class KeysCommand extends GroupOfCommands {

  protected final Context context;

  public KeysCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new All(context), new Rotate(context));
  }

  /// `vigil keys list`.
  @Command(
      name = "list",
      description = "every key, where it lives, and which that were rotated away are still known",
      footer = {"", "Example:", "  vigil keys list"})
  public static final class All extends AdminCommand {

    public All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var keys = api.get("the keys cannot be listed", "/keys", Map.of());
      var table = new Table("KEY", "LIVES IN", "SINCE", "UNTIL", "ROTATED AWAY");
      keys.path("items")
          .forEach(one ->
              table.row(
                  text(one, "key"),
                  text(one, "place"),
                  moment(one, "since"),
                  moment(one, "not_after"),
                  retired(one)));
      table(keys, table);
    }

    private static String retired(JsonNode key) {
      return String.join(
          ", ",
          key.path("retired")
              .valueStream()
              .map(old ->
                  moment(old, "at")
                      + (old.path("distrusted").asBoolean(false) ? " distrusted" : ""))
              .toList());
    }
  }

  /// `vigil keys rotate`.
  @Command(
      name = "rotate",
      description = "make a new key for a purpose and sign with it from now on",
      footer = {
        "",
        "Purposes: device-authority, partner-authority, workload-authority, server, access-tokens,",
        "identity-assertions, id-tokens, saml, client-assertions. What the old key signed is",
        "believed until it expires. With `--distrust-old` nothing of it is believed any more:",
        "certificates from the old authority end at once with their streams, and phones renew them",
        "by themselves. The server must have seen your passkey in the last ten minutes.",
        "",
        "Example:",
        "  vigil keys rotate device-authority --distrust-old --reason \"the token was stolen\""
      })
  public static class Rotate extends ChangeCommand {

    @Parameters(paramLabel = "PURPOSE", description = "whose key, such as `access-tokens`")
    protected String purpose = "";

    @Option(
        names = {"--distrust-old", "--distrust"},
        description = "believe nothing that the old key signed, as after a theft")
    protected boolean distrust;

    public Rotate(Context context) {
      super(context);
    }

    @Override
    final void run(Api api) {
      show(
          api.post(
              "no key was rotated",
              Api.path("keys", purpose, "rotate"),
              because().put("distrust_old", distrust)),
          "`" + purpose + "` has a new key, and signs with it now.");
    }
  }
}

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

/// `vigil provisioning`: identity platforms that keep people and groups here by SCIM 2.0.
@Command(
    name = "provisioning",
    description =
        "identity platforms that bring people and groups (SCIM): add, list, rotate, remove",
    footer = {
      "",
      "Example:",
      "  vigil provisioning add entra --reason \"people come from Entra ID\""
    })
final class ProvisioningCommand extends GroupOfCommands {

  private final Context context;

  ProvisioningCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Add(context), new All(context), new Rotate(context), new Remove(context));
  }

  private static void secret(Terminal terminal, JsonNode answer) {
    terminal.line("URL      " + text(answer, "url"));
    terminal.line("token    " + text(answer, "token"));
    terminal.line("expires  " + moment(answer, "token_expires_at"));
    terminal.line("The token is shown only now. Enter both at the provider (docs/scim.md).");
  }

  @Command(
      name = "add",
      description = "let a provider in; prints its URL and its token, once",
      footer = {
        "",
        "Example:",
        "  vigil provisioning add okta --name okta-staff --population employee --reason \"ticket"
            + " 42\""
      })
  static final class Add extends ChangeCommand {
    @Parameters(paramLabel = "KIND", description = "entra, okta or other")
    String kind = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "its name here (default: its kind)")
    String name = "";

    @Option(
        names = "--population",
        paramLabel = "POPULATION",
        description = "of the people it brings: employee (default), partner or customer")
    String population = "employee";

    @Option(
        names = "--adopt",
        description =
            "let it take over people of the same user name, and groups of the same name, that are"
                + " here already")
    boolean adopt;

    @Option(
        names = "--machine",
        paramLabel = "NAME",
        description = "a registered machine whose client certificate also proves the provider")
    String machine = "";

    @Option(
        names = "--token-days",
        paramLabel = "DAYS",
        description = "how long the token lives (default: 180, at most 366)")
    int days = 180;

    Add(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content =
          because()
              .put("kind", kind)
              .put("name", name.isEmpty() ? kind : name)
              .put("population", population)
              .put("adopt", adopt)
              .put("token_days", days);
      if (!machine.isEmpty()) content.put("machine", machine);
      var answer = api.post("the provider was not added", "/provisioning", content);
      show(answer, terminal -> secret(terminal, answer));
    }
  }

  @Command(
      name = "list",
      description = "the providers, their tokens and how much they keep here",
      footer = {"", "Example:", "  vigil provisioning list"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var providers = api.get("the providers cannot be listed", "/provisioning", Map.of());
      var table =
          new Table(
              "PROVIDER", "KIND", "POPULATION", "USERS", "GROUPS", "TOKEN", "EXPIRES", "LAST USED");
      providers.path("items").forEach(provider -> rows(table, provider));
      table(providers, table);
    }

    private static void rows(Table table, JsonNode provider) {
      var tokens = provider.path("tokens").valueStream().toList();
      for (var token : tokens.isEmpty() ? List.of(Api.object()) : tokens)
        table.row(
            text(provider, "name"),
            text(provider, "kind"),
            text(provider, "population"),
            text(provider, "users"),
            text(provider, "groups"),
            text(token, "label"),
            moment(token, "expires_at"),
            moment(token, "last_used_at"));
    }
  }

  @Command(
      name = "rotate",
      description = "give a provider one more token; prints it, once",
      footer = {
        "",
        "Example:",
        "  vigil provisioning rotate entra --only --reason \"the old one leaked\""
      })
  static final class Rotate extends ChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the provider's name")
    String name = "";

    @Option(names = "--only", description = "end all its other tokens at once")
    boolean only;

    @Option(
        names = "--token-days",
        paramLabel = "DAYS",
        description = "how long the token lives (default: 180, at most 366)")
    int days = 180;

    Rotate(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because().put("token_days", days).put("only", only);
      var answer = api.post("no token was made", Api.path("provisioning", name, "rotate"), content);
      show(answer, terminal -> secret(terminal, answer));
    }
  }

  @Command(
      name = "remove",
      description = "shut a provider out; its people stay and are kept by administrators",
      footer = {
        "",
        "Example:",
        "  vigil provisioning remove okta-staff --reason \"moved to Entra\""
      })
  static final class Remove extends ChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the provider's name")
    String name = "";

    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var answer =
          api.post(
              "the provider was not removed", Api.path("provisioning", name, "remove"), because());
      show(answer, name + " is shut out; its people stay as they are.");
    }
  }
}

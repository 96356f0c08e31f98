// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.text;
import static dev.vigil.server.cli.AdminCommand.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil saml`: the SAML service providers that people sign in to.
@Command(
    name = "saml",
    description = "SaaS apps that sign in by SAML 2.0: add, list, show, remove",
    footer = {"", "Example:", "  vigil saml list"})
final class SamlCommand extends GroupOfCommands {

  private static final String WHICH = "the provider's id, such as crm";
  private final Context context;

  SamlCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Add(context), new All(context), new Show(context), new Remove(context));
  }

  private static String path(String id) {
    return "/saml" + Api.path("providers", id);
  }

  @Command(
      name = "add",
      description = "register a service provider from its metadata, or replace the one of this id",
      footer = {
        "",
        "Example:",
        "  vigil saml add crm --metadata crm.xml --app crm --attribute groups=groups \\",
        "    --attribute displayName=display-name --reason \"contract 4711\""
      })
  static final class Add extends ChangeCommand {
    private static final int LARGEST_KIB = 64;

    @Parameters(paramLabel = "ID", description = WHICH)
    String id = "";

    @Option(
        names = "--metadata",
        required = true,
        paramLabel = "FILE",
        description = "the service provider's own metadata, an XML file")
    Path metadata = Path.of("");

    @Option(
        names = "--app",
        required = true,
        paramLabel = "APP",
        description = "the app whose policies decide who gets in")
    String app = "";

    @Option(names = "--name", paramLabel = "NAME", description = "as people know it")
    Optional<String> name = Optional.empty();

    @Option(
        names = "--name-id",
        paramLabel = "FORM",
        description =
            "how people are named: persistent, transient, email or user-name (default: what the"
                + " metadata ask for first)")
    Optional<String> nameId = Optional.empty();

    @Option(
        names = "--attribute",
        paramLabel = "NAME=SOURCE",
        description =
            "what is told of a person: user-name, display-name or groups; may be given several"
                + " times")
    List<String> attributes = List.of();

    @Option(
        names = "--unsolicited",
        description = "sign-in may begin at Vigil, without a request of the provider")
    boolean unsolicited;

    @Option(
        names = "--password-wording",
        description = "tell it of a password when it asks for one: it knows no other word")
    boolean passwordWording;

    Add(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var file = new TextFile(metadata, "the provider's metadata, an XML file");
      var content = because().put("app", app).put("metadata", file.read(LARGEST_KIB));
      name.ifPresent(text -> content.put("name", text));
      nameId.ifPresent(text -> content.put("name_id", text));
      attributes.forEach(content.putArray("attributes")::add);
      var options = content.putArray("options");
      if (unsolicited) options.add("unsolicited");
      if (passwordWording) options.add("password-wording");
      var answer = api.put("the service provider was not registered", path(id), content);
      show(
          answer,
          "`"
              + text(answer, "entity_id")
              + "` signs in here; the policies of `"
              + app
              + "` decide who.");
    }
  }

  @Command(
      name = "list",
      description = "every service provider",
      footer = {"", "Example:", "  vigil saml list"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var all = api.all("the service providers cannot be listed", "/saml/providers", Map.of());
      var table = new Table("ID", "APP", "NAME ID", "ENTITY ID");
      all.forEach(one ->
          table.row(
              text(one, "id"), text(one, "app"), text(one, "name_id"), text(one, "entity_id")));
      table(all, table);
    }
  }

  @Command(
      name = "show",
      description = "one service provider",
      footer = {"", "Example:", "  vigil saml show crm"})
  static final class Show extends AdminCommand {
    @Parameters(paramLabel = "ID", description = WHICH)
    String id = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var one = api.get("the service provider cannot be shown", path(id), Map.of());
      show(one, terminal -> lines(one).forEach(terminal::line));
    }

    private static List<String> lines(JsonNode one) {
      return List.of(
          "id          " + text(one, "id"),
          "name        " + text(one, "name"),
          "entity ID   " + text(one, "entity_id"),
          "app         " + text(one, "app"),
          "name ID     " + text(one, "name_id"),
          "answers go  " + words(one, "consumers"),
          "logout      " + text(one, "logout"),
          "requests    "
              + ("true".equals(text(one, "requests_signed")) ? "signed" : "may be unsigned"),
          "attributes  " + words(one, "attributes"),
          "options     " + words(one, "options"));
    }
  }

  @Command(
      name = "remove",
      description = "remove a service provider: nobody signs in there any more",
      footer = {"", "Example:", "  vigil saml remove crm --reason \"contract ended\""})
  static final class Remove extends ChangeCommand {
    @Parameters(paramLabel = "ID", description = WHICH)
    String id = "";

    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("the service provider was not removed", path(id) + "/remove", because()),
          "Nobody signs in at `" + id + "` any more.");
    }
  }
}

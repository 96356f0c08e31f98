// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.text;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil partner`: other organisations' machines.
@Command(
    name = "partner",
    description = "partners' machines: register one and get its certificate",
    footer = {"", "Example:", "  vigil partner add acme --csr acme.csr --reason \"contract 4711\""})
final class PartnerCommand extends GroupOfCommands {

  private final Context context;

  PartnerCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Add(context), new Enforce(context));
  }

  @Command(
      name = "add",
      description =
          "register a partner's machine by its certificate request; prints the certificate chain",
      footer = {
        "",
        "Example:",
        "  vigil partner add acme-settlement --csr acme.csr --reason \"contract 4711\" > acme.pem"
      })
  static final class Add extends ChangeCommand {
    private static final int LARGEST_KIB = 16;

    @Parameters(paramLabel = "NAME", description = "the machine's name, such as acme-settlement")
    String name = "";

    @Option(
        names = "--csr",
        required = true,
        paramLabel = "FILE",
        description = "the certificate request (PKCS #10) in PEM")
    Path csr = Path.of("");

    @Option(names = "--workload", description = "a machine of our own instead of a partner's")
    boolean workload;

    @Option(names = "--group", paramLabel = "GROUP", description = "may be given several times")
    List<String> groups = List.of();

    Add(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content =
          because()
              .put("name", name)
              .put("population", workload ? "workload" : "partner")
              .put("csr", new TextFile(csr, "a PKCS #10 request in PEM").read(LARGEST_KIB));
      groups.forEach(content.putArray("groups")::add);
      var answer = api.post("the partner was not registered", "/partners", content);
      show(answer, terminal -> terminal.line(text(answer, "certificates").stripTrailing()));
    }
  }

  @Command(
      name = "enforce",
      description = "let a machine ask for decisions (AuthZEN) about apps, and about no others",
      footer = {
        "",
        "Example:",
        "  vigil partner enforce branch-gateway --app staff --app todo --reason \"new gateway\""
      })
  static final class Enforce extends ChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the machine's name, such as branch-gateway")
    String name = "";

    @Option(
        names = "--app",
        paramLabel = "APP",
        description =
            "an app, or a type of resource that is decided like one; may be given several times,"
                + " and without any the machine may ask no more")
    List<String> apps = List.of();

    Enforce(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because();
      apps.forEach(content.putArray("apps")::add);
      var answer =
          api.put(
              "the enforcement point was not changed",
              Api.path("enforcement-points", name),
              content);
      String now = words(answer, "apps");
      show(
          answer,
          now.isEmpty()
              ? name + " may ask about nothing any more."
              : name + " may ask about " + now + ".");
    }
  }
}

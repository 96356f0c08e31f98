// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.text;
import static dev.vigil.server.cli.AdminCommand.words;

import dev.vigil.kernel.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `vigil client`: apps and services that get tokens from Vigil.
@Command(
    name = "client",
    description = "apps and services that sign in through Vigil: add, list, show, remove",
    footer = {"", "Example:", "  vigil client list"})
final class ClientCommand extends GroupOfCommands {

  private static final String WHICH = "the client's id, such as payroll";
  private final Context context;

  ClientCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(new Add(context), new All(context), new Show(context), new Remove(context));
  }

  @Command(
      name = "list",
      description = "every client",
      footer = {"", "Example:", "  vigil client list"})
  static final class All extends AdminCommand {
    All(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var clients = api.all("the clients cannot be listed", "/clients", Map.of());
      var table = new Table("CLIENT", "KIND", "PROFILE", "AUTHENTICATION", "APP", "REDIRECTS");
      clients.forEach(one ->
          table.row(
              text(one, "id"),
              text(one, "kind"),
              text(one, "profile"),
              text(one, "authentication"),
              text(one, "app"),
              words(one, "redirects")));
      table(clients, table);
    }
  }

  @Command(
      name = "add",
      description = "register a client, or replace the one of this id; there are no secrets",
      footer = {
        "",
        "Example:",
        "  vigil client add payroll --app payroll --redirect https://payroll.example/callback \\",
        "    --jwks payroll-keys.json --backchannel-logout https://payroll.example/logout \\",
        "    --scope openid --scope profile --reason \"payroll moves to Vigil\""
      })
  static final class Add extends ChangeCommand {
    private static final int LARGEST_KIB = 16;

    @Parameters(paramLabel = "CLIENT", description = WHICH)
    String client = "";

    @Option(
        names = "--name",
        paramLabel = "TEXT",
        description = "what people read (default: the id)")
    String name = "";

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        defaultValue = "web",
        description = "web, native or service (default: ${DEFAULT-VALUE})")
    String kind = "web";

    @Option(
        names = "--app",
        required = true,
        paramLabel = "APP",
        description = "the app whose policies decide; it need not be behind the gateway")
    String app = "";

    @Option(
        names = "--plain",
        description = "without pushed requests and bound tokens, for software that knows neither")
    boolean plain;

    @Option(
        names = "--redirect",
        paramLabel = "URL",
        description = "where people are sent back to, exactly; may be given several times")
    List<String> redirects = List.of();

    @Option(
        names = "--after-logout",
        paramLabel = "URL",
        description = "where people may be sent after signing out; may be given several times")
    List<String> afterLogout = List.of();

    @Option(
        names = "--backchannel-logout",
        paramLabel = "URL",
        description = "where the client hears that a session ended")
    String backchannel = "";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        description = "what it may ask for (default: openid); may be given several times")
    List<String> scopes = List.of();

    @Option(
        names = "--calls",
        paramLabel = "APP",
        description = "another app that it may call; may be given several times")
    List<String> calls = List.of();

    @Option(
        names = "--jwks",
        paramLabel = "FILE",
        description = "its public keys as a JWK set: it signs assertions (private_key_jwt)")
    Path jwks = Path.of("");

    @Option(
        names = "--certificate",
        paramLabel = "FILE",
        description =
            "its certificate in PEM, from `vigil partner add` (tls_client_auth); may be given"
                + " several times")
    List<Path> certificates = List.of();

    @Option(
        names = "--machine",
        paramLabel = "ID",
        description = "for a service: the id of the machine that it is")
    String machine = "";

    Add(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = because().put("kind", kind).put("app", app);
      content.put("profile", plain ? "plain" : "fapi2");
      if (!name.isEmpty()) content.put("name", name);
      if (!backchannel.isEmpty()) content.put("backchannel_logout", backchannel);
      if (!machine.isEmpty()) content.put("machine", machine);
      redirects.forEach(content.putArray("redirects")::add);
      afterLogout.forEach(content.putArray("after_logout")::add);
      scopes.forEach(content.putArray("scopes")::add);
      calls.forEach(content.putArray("calls")::add);
      if (!jwks.toString().isEmpty())
        content.put("jwks", new TextFile(jwks, "a JWK set").read(LARGEST_KIB));
      var thumbprints = content.putArray("certificates");
      certificates.forEach(file -> thumbprints.add(thumbprint(file)));
      show(
          api.put("the client was not registered", Api.path("clients", client), content),
          "`" + client + "` may sign people in; the policies of `" + app + "` decide.");
    }

    /// RFC 8705 `x5t#S256` of the first certificate in the file.
    private static String thumbprint(Path file) {
      String pem = new TextFile(file, "a certificate in PEM").read(LARGEST_KIB);
      try {
        var certificate =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        return Sha256.of(certificate.getEncoded()).toString();
      } catch (CertificateException e) {
        throw Failure.usage("`" + file + "` is no certificate", "give one in PEM");
      }
    }
  }

  @Command(
      name = "show",
      description = "one client",
      footer = {"", "Example:", "  vigil client show payroll"})
  static final class Show extends AdminCommand {
    @Parameters(paramLabel = "CLIENT", description = WHICH)
    String client = "";

    Show(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      JsonNode one = api.get("the client cannot be shown", Api.path("clients", client), Map.of());
      show(
          one,
          terminal ->
              one.properties()
                  .forEach(member ->
                      terminal.line(
                          String.format(
                              "%-20s %s",
                              member.getKey(),
                              member.getValue().isArray()
                                  ? words(one, member.getKey())
                                  : text(one, member.getKey())))));
    }
  }

  @Command(
      name = "remove",
      description = "take a client away with all its tokens",
      footer = {"", "Example:", "  vigil client remove payroll --reason \"contract ended\""})
  static final class Remove extends ChangeCommand {
    @Parameters(paramLabel = "CLIENT", description = WHICH)
    String client = "";

    Remove(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      show(
          api.post("the client was not removed", Api.path("clients", client, "remove"), because()),
          "`" + client + "` gets nothing any more.");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.administration.Apps;
import dev.vigil.admission.administration.Devices;
import dev.vigil.admission.administration.EnforcementPoints;
import dev.vigil.admission.administration.Invitations;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Policies;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Publishing;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.admission.device.Partners;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.api.administration.AdministrationRoutes;
import dev.vigil.api.administration.ProvisioningRoutes;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/// An administrator at the command line, against the administration API on a loopback port.
class CommandsTest {

  private static final String TOKEN = "the-token-of-root";

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(5);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final ECKey key = ProofKey.generate();
  private final Vertx vertx = Vertx.vertx();
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Optional<ApiServer> server = Optional.empty();

  @TempDir Path folder = Path.of("");

  @Command(name = "vigil", description = "for tests")
  private static final class Root {}

  @BeforeEach
  void open() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var origin = URI.create("http://localhost:" + port);
    var claims = signedIn();
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            token -> token.equals(TOKEN) ? Optional.of(claims) : Optional.empty(),
            changes,
            new VisitCookie(origin));
    var edge = new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5));
    server =
        Optional.of(
            ApiServer.start(
                edge,
                new Listener(origin, "127.0.0.1", port, new Listener.Channel.PlainLoopback()),
                new Routes(
                    Stream.of(
                            new AdministrationRoutes(doors, useCases()).routes(),
                            new ProvisioningRoutes(doors, new Providers(changes), origin).routes())
                        .<Route<?>>flatMap(List::stream)
                        .toList())));
    new StateFolder(folder)
        .save(
            new SignedIn(origin, "", key, "refresh", TOKEN, time.now().plus(Duration.ofHours(1))));
  }

  private AdministrationRoutes.UseCases useCases() {
    var people =
        new People(
            changes,
            (_, _) ->
                new Invitations.Invitation(
                    URI.create("https://vigil.example/invite#s3cret"),
                    time.now().plus(Duration.ofDays(1))));
    return new AdministrationRoutes.UseCases(
        changes,
        people,
        new Apps(changes, Set.of()),
        new Policies(changes),
        new Publications(changes, new Publishing((_, _) -> List.of(), Publishing.Approval.NONE)),
        new EnforcementPoints(changes),
        new Sessions(changes),
        new Devices(changes),
        new Revocation(changes),
        new Partners(changes, new TestAuthorities(time.now(), entropy), Duration.ofDays(30)));
  }

  private TokenClaims signedIn() throws Exception {
    var thumbprint = Sha256.parse(key.computeThumbprint().toString());
    var root =
        new Subject(
            SubjectId.random(entropy),
            "root",
            "Root",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(Role.ADMINISTRATOR),
            true,
            time.now());
    var session =
        new Session(
            SessionId.random(entropy),
            root.id(),
            new Session.Binding.Key(thumbprint),
            List.of(),
            time.now(),
            time.now().plus(Duration.ofHours(8)),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(root);
          work.tx().put(session);
          return work.event("session-started", "test", Map.of(), root.id(), session.id());
        });
    return new TokenClaims(
        session.id(),
        root.id(),
        "vigil-cli",
        "vigil-api",
        new TokenClaims.Binding.Key(thumbprint),
        0,
        time.now().plus(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    server.ifPresent(ApiServer::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Runs a command and answers with its exit code; output and errors hold what it said.
  private int run(String... arguments) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var terminal =
        new Terminal(
            new PrintWriter(output, true), new PrintWriter(errors, true), Optional.empty());
    var context = new Context(terminal, folder, time, entropy, _ -> false);
    return new CommandTree(context, new Root(), CommandTree.administration(context)).run(arguments);
  }

  private void does(String... arguments) {
    assertThat(run(arguments)).as(errors.toString()).isZero();
  }

  @Test
  void a_person_is_invited_shown_moved_between_groups_and_disabled() {
    does(
        "user",
        "invite",
        "alice@bank.example",
        "--name",
        "Alice Ito",
        "--group",
        "loans",
        "--reason",
        "joined");
    assertThat(output.toString())
        .contains("https://vigil.example/invite#s3cret")
        .contains("2026-11-23 12:00:00Z");
    does("user", "groups", "alice@bank.example", "payments", "all-staff", "--reason", "moved");
    does("group", "add", "cards", "Alice@Bank.example", "--reason", "helps out");
    does("group", "list");
    assertThat(output.toString().lines())
        .containsExactly("GROUP      MEMBERS", "all-staff  1", "cards      1", "payments   1");
    does("user", "list");
    assertThat(output.toString())
        .contains("USER NAME")
        .contains("alice@bank.example")
        .contains("all-staff cards payments");
    does("user", "disable", "alice@bank.example", "--reason", "left");
    does("user", "show", "alice@bank.example");
    assertThat(output.toString())
        .contains("active      no")
        .contains("Alice Ito (alice@bank.example)");
    does("user", "enable", "alice@bank.example", "--reason", "came back");
    does("user", "reinvite", "alice@bank.example", "--reason", "lost the phone");
    does("user", "roles", "alice@bank.example", "help-desk", "--reason", "second line");
    assertThat(output.toString()).contains("help-desk");
    does("events", "tail", "--once", "--last", "3");
    assertThat(output.toString().lines()).hasSize(3);
    assertThat(output.toString()).contains("second line").doesNotContain("s3cret");
  }

  @Test
  void a_provider_is_let_in_listed_given_another_token_and_shut_out() {
    does(
        "provisioning", "add", "entra", "--name", "entra-staff", "--reason", "people come from it");
    assertThat(output.toString()).contains("/scim/v2").contains("vigil-scim-");
    String token = output.toString().replaceAll("(?s).*(vigil-scim-\\S+).*", "$1");
    does("provisioning", "list");
    assertThat(output.toString())
        .contains("entra-staff")
        .contains("2027-05-21 12:00:00Z")
        .doesNotContain(token);
    does(
        "provisioning",
        "rotate",
        "entra-staff",
        "--only",
        "--token-days",
        "30",
        "--reason",
        "leak");
    assertThat(output.toString()).contains("2026-12-22").doesNotContain(token);
    assertThat(run("provisioning", "add", "okta", "--name", "entra-staff", "--reason", "x"))
        .isNotZero();
    assertThat(errors.toString()).contains("another provider already has this name");
    assertThat(run("provisioning", "rotate", "entra-staff", "--token-days", "900", "--reason", "x"))
        .isNotZero();
    does("provisioning", "remove", "entra-staff", "--reason", "moved");
    does("provisioning", "list", "--json");
    assertThat(output.toString()).doesNotContain("entra-staff");
    does("events", "tail", "--once", "--last", "3");
    assertThat(output.toString())
        .contains("provisioning-provider-removed")
        .doesNotContain("vigil-scim-");
  }

  @Test
  void an_app_is_put_listed_shown_and_removed() {
    does(
        "app",
        "put",
        "mobile-bank",
        "--host",
        "bank.example",
        "--upstream",
        "https://10.0.0.1:8443",
        "--sensitivity",
        "high",
        "--transaction",
        "POST /pay amount,to",
        "--reason",
        "first app");
    does("app", "show", "mobile-bank");
    assertThat(output.toString()).contains("bank.example").contains("POST").contains("amount to");
    assertThat(
            run(
                "app",
                "put",
                "evil",
                "--host",
                "BANK.example",
                "--upstream",
                "https://10.0.0.2",
                "--reason",
                "mine now"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("another app already has this host").contains("next");
    does("app", "remove", "mobile-bank", "--reason", "gone");
    does("app", "list", "--json");
    assertThat(output.toString().strip()).isEqualTo("[ ]");
  }

  @Test
  void policies_are_applied_rolled_back_and_remembered() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("base.yaml"),
        "permit:\n  staff:\n    app: mobile-bank\n    who: subject.population == 'employee'\n");
    does("policy", "apply", policies.toString(), "--reason", "the first");
    assertThat(output.toString()).contains("Version 1 is in force.").contains("added  base.yaml");
    Files.writeString(
        policies.resolve("base.yaml"),
        "permit:\n  staff:\n    ap: x\n    who: subject.nothing == 'x'\n");
    assertThat(run("policy", "apply", policies.toString(), "--reason", "broken"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("base.yaml:3:").contains("base.yaml:4:");
    does("policy", "rollback", "1", "--reason", "to be sure");
    does("policy", "history");
    assertThat(output.toString()).contains("to be sure").contains("the first");
    does("policy", "show");
    assertThat(output.toString()).contains("# version 2").contains("who: subject.population");
  }

  private void write(Path file, String who) throws Exception {
    Files.writeString(file, "permit:\n  staff:\n    app: mobile-bank\n    who: " + who + "\n");
  }

  @Test
  void a_plan_says_by_its_exit_code_whether_anything_would_change() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    write(policies.resolve("base.yaml"), "subject.population == 'employee'");
    assertThat(run("plan", "-f", policies.toString())).isEqualTo(Exit.CHANGES.code());
    assertThat(output.toString())
        .contains("added  base.yaml")
        .contains("added  permit staff")
        .contains("This would change version 0.");
    does("apply", "-f", policies.toString(), "--reason", "the first");
    assertThat(output.toString()).contains("Version 1 is in force.");
    does("plan", "-f", policies.toString());
    assertThat(output.toString()).contains("Nothing would change");
    write(policies.resolve("base.yaml"), "subject.popluation == 'employee'");
    assertThat(run("plan", "-f", policies.toString())).isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("base.yaml:4:");
    assertThat(run("plan")).isEqualTo(Exit.USAGE.code());
    assertThat(run("plan", "-f", policies.toString(), "--pending")).isEqualTo(Exit.USAGE.code());
  }

  @Test
  void an_earlier_version_comes_back_by_one_command_and_in_an_emergency_too() throws Exception {
    var policies = Files.createDirectory(folder.resolve("policies"));
    write(policies.resolve("base.yaml"), "subject.population == 'employee'");
    does("apply", policies.toString(), "--reason", "the first");
    write(policies.resolve("base.yaml"), "subject.population == 'partner'");
    does("apply", "-f", policies.toString(), "--based-on", "1", "--reason", "the second");
    does("rollback", "1", "--reason", "back");
    assertThat(output.toString()).contains("Version 3 is in force, with the files of version 1.");
    does("rollback", "2", "--emergency", "--reason", "on fire");
    assertThat(output.toString()).contains("Version 4 is in force");
    assertThat(run("apply", "-f", policies.toString(), "--based-on", "1", "--reason", "late"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString()).contains("changed by somebody else");
  }

  @Test
  void a_machine_is_told_what_it_may_ask_about() throws Exception {
    var csr = folder.resolve("gateway.csr");
    Files.writeString(
        csr,
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(SoftwareKey.generate().certificateRequest().toArray())
            + "\n-----END CERTIFICATE REQUEST-----\n");
    does("partner", "add", "gateway", "--workload", "--csr", csr.toString(), "--reason", "new");
    does("partner", "enforce", "gateway", "--app", "todo", "--app", "staff", "--reason", "new");
    assertThat(output.toString()).contains("gateway may ask about staff todo.");
    does("partner", "enforce", "gateway", "--reason", "retired");
    assertThat(output.toString()).contains("gateway may ask about nothing any more.");
    assertThat(run("partner", "enforce", "root", "--app", "todo", "--reason", "a person"))
        .isEqualTo(Exit.REFUSED.code());
  }

  @Test
  void a_partner_gets_its_certificate_and_its_machine_can_be_revoked() throws Exception {
    var csr = folder.resolve("acme.csr");
    Files.writeString(
        csr,
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(SoftwareKey.generate().certificateRequest().toArray())
            + "\n-----END CERTIFICATE REQUEST-----\n");
    does("partner", "add", "acme", "--csr", csr.toString(), "--reason", "contract");
    assertThat(output.toString()).startsWith("-----BEGIN CERTIFICATE-----");
    does("device", "list");
    var device = output.toString().replaceFirst("(?s).*(dev_[a-z2-7]{26}).*", "$1");
    does("device", "show", device);
    assertThat(output.toString()).contains("partner").contains("CERTIFICATE");
    does("device", "revoke", device, "--reason", "contract ended");
    does("device", "show", device);
    assertThat(output.toString()).contains("revoked").contains("contract ended");
  }

  @Test
  void sessions_are_listed_and_ended_and_then_nobody_is_signed_in() {
    does("session", "list");
    var session = output.toString().replaceFirst("(?s).*(ses_[a-z2-7]{26}).*", "$1");
    does("session", "show", session);
    assertThat(output.toString()).contains("bound to  key");
    does("session", "revoke", session, "--reason", "done for today");
    assertThat(run("session", "list")).isNotZero();
  }

  @Test
  void a_change_without_a_reason_is_not_sent() {
    assertThat(run("user", "invite", "alice@bank.example")).isEqualTo(Exit.USAGE.code());
    assertThat(errors.toString()).contains("a change needs a reason").contains("--reason");
    does("user", "list");
    assertThat(output.toString()).doesNotContain("alice");
  }

  @Test
  void what_is_refused_ends_with_1_and_says_what_why_and_what_to_do() {
    assertThat(run("user", "disable", "root", "--reason", "a mistake"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(errors.toString())
        .contains("vigil: nobody was disabled")
        .contains("this would leave nobody who can administer Vigil")
        .contains("make somebody else an administrator first");
    assertThat(run("device", "show", "dev_nothing", "--json")).isEqualTo(Exit.REFUSED.code());
    assertThat(output.toString()).contains("\"code\" : \"devices.unknown\"");
    assertThat(run("user", "show", "../../etc/passwd")).isEqualTo(Exit.REFUSED.code());
  }

  @Test
  void a_server_that_went_away_ends_with_4() {
    server.ifPresent(ApiServer::close);
    assertThat(run("user", "list")).isEqualTo(Exit.UNREACHABLE.code());
    server = Optional.empty();
  }

  @Test
  void what_is_kept_is_the_owner_s_alone_and_shows_no_secret() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("sign-in.json"))).hasSize(2);
    var kept = new StateFolder(folder).load().orElseThrow();
    assertThat(kept.toString())
        .doesNotContain(TOKEN)
        .doesNotContain("refresh")
        .doesNotContain(String.valueOf(key.getD()));
    assertThat(new ProofKey(key, entropy).toString()).doesNotContain(String.valueOf(key.getD()));
  }
}

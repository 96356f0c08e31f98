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
import dev.vigil.admission.device.Approvals;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Partners;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.Feeds;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.api.administration.AdministrationRoutes;
import dev.vigil.api.administration.DeviceEnrolmentRoutes;
import dev.vigil.api.administration.DeviceGrantRoutes;
import dev.vigil.api.administration.FeedRoutes;
import dev.vigil.api.administration.ProvisioningRoutes;
import dev.vigil.api.administration.SamlProviderRoutes;
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
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestAuthorities;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/// An administrator at a command line, signed in to a server.
abstract class CommandsScene {

  static final String TOKEN = "the-token-of-root";
  static final FeedRules INTUNE =
      new FeedRules(
          "intune", Duration.ofMinutes(30), Duration.ofHours(24), FeedRules.Claims.REFUSED);

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(5);
  final Changes changes = new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  final ECKey key = ProofKey.generate();
  final Vertx vertx = Vertx.vertx();
  final StringWriter output = new StringWriter();
  final StringWriter errors = new StringWriter();
  Optional<ApiServer> server = Optional.empty();

  @TempDir Path folder = Path.of("");

  @Command(name = "vigil", description = "for tests")
  static final class Root {}

  @BeforeEach
  void open() throws Exception {
    int port = FreePort.next();
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
                            new ProvisioningRoutes(doors, new Providers(changes), origin).routes(),
                            new SamlProviderRoutes(doors, new SamlProviders(changes)).routes(),
                            new FeedRoutes(doors, new Feeds(changes, List.of(INTUNE))).routes(),
                            new DeviceEnrolmentRoutes(doors, new Approvals(changes)).routes(),
                            grants(doors, origin).routes())
                        .<Route<?>>flatMap(List::stream)
                        .toList())));
    new StateFolder(folder)
        .save(
            new SignedIn(origin, "", key, "refresh", TOKEN, time.now().plus(Duration.ofHours(1))));
  }

  private DeviceGrantRoutes grants(Doors doors, URI origin) {
    var authorities = new TestAuthorities(time.now(), entropy);
    return new DeviceGrantRoutes(
        doors,
        new DeviceGrantRoutes.UseCases(
            people(), new Grants(changes, authorities, Duration.ofDays(7)), entropy),
        new DeviceGrantRoutes.Published(
            origin,
            origin.resolve("/acme/directory"),
            List.of(Bytes.of(new byte[] {0x30, 3, 2, 1, 7}))));
  }

  private People people() {
    return new People(
        changes,
        (_, _) ->
            new Invitations.Invitation(
                URI.create("https://vigil.example/invite#s3cret"),
                time.now().plus(Duration.ofDays(1))));
  }

  final AdministrationRoutes.UseCases useCases() {
    return new AdministrationRoutes.UseCases(
        changes,
        people(),
        new Apps(changes, Set.of()),
        new Policies(changes),
        new Publications(changes, new Publishing((_, _) -> List.of(), Publishing.Approval.NONE)),
        new EnforcementPoints(changes),
        new Sessions(changes),
        new Devices(changes),
        new Revocation(changes),
        new Partners(changes, new TestAuthorities(time.now(), entropy), Duration.ofDays(30)));
  }

  final TokenClaims signedIn() throws Exception {
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
  final int run(String... arguments) {
    output.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var terminal =
        new Terminal(
            new PrintWriter(output, true), new PrintWriter(errors, true), Optional.empty());
    var context = new Context(terminal, folder, time, entropy, _ -> false);
    return new CommandTree(context, new Root(), CommandTree.administration(context)).run(arguments);
  }

  final void does(String... arguments) {
    assertThat(run(arguments)).as(errors.toString()).isZero();
  }
}

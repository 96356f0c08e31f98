// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.provisioning.Groups;
import dev.vigil.admission.provisioning.NewProvider;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.admission.provisioning.Users;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.signin.Certified;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A provider that was added with `--machine` proves itself by its client certificate.
class ScimMachineTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(6);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final Providers providers = new Providers(changes);
  private final Certified serverKey = Certified.make("localhost");
  private final Certified connector = Certified.make("connector");
  private final Certified other = Certified.make("other");
  private final Certified stranger = Certified.make("stranger");
  private final Vertx vertx = Vertx.vertx();
  private URI origin = URI.create("https://localhost");
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    origin = URI.create("https://localhost:" + FreePort.next());
    machine("connector", connector, true);
    machine("other", other, true);
    ScimHouse.done(
        providers.add(
            new Mandate(Actor.SYSTEM, new Reason("a test")),
            new NewProvider(
                Provider.Kind.OTHER,
                "hr",
                Population.EMPLOYEE,
                Provider.Adoption.REFUSED,
                Optional.of(new UserName("connector")),
                Providers.USUAL_LIFE)));
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(origin));
    var useCases = new ScimRoutes.UseCases(providers, new Users(changes), new Groups(changes));
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(
                origin,
                "127.0.0.1",
                origin.getPort(),
                new Listener.Channel.MutualTls(
                    serverKey.keys(), Certified.trusting(connector, other, stranger))),
            new Routes(new ScimRoutes(doors, useCases, time).routes()));
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final Map<String, SubjectId> machines = new java.util.HashMap<>();

  private void machine(String name, Certified shown, boolean active) {
    var id = machines.computeIfAbsent(name, _ -> SubjectId.random(entropy));
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Subject(
                      id, name, name, Population.WORKLOAD, Set.of(), Set.of(), active, work.now()));
          work.event("machine-changed", "test", Map.of(), id);
          if (!active) return true;
          var device = DeviceId.random(entropy);
          work.tx()
              .put(
                  new Device(
                      device,
                      Device.Kind.WORKLOAD,
                      id,
                      shown.thumbprint(),
                      name,
                      work.now(),
                      Optional.empty()));
          work.tx()
              .put(
                  new IssuedCertificate(
                      Sha256.of(shown.der()),
                      name,
                      device,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      Bytes.of(shown.der())));
          work.event("device-enrolled", "test", Map.of(), device, id);
          return true;
        });
  }

  private HttpResponse<String> ask(Certified client, Optional<String> bearer) throws Exception {
    var context =
        Certified.context(new KeyManager[] {client.keys()}, Certified.trusting(serverKey));
    try (var http = HttpClient.newBuilder().sslContext(context).build()) {
      var request = HttpRequest.newBuilder(URI.create(origin + "/scim/v2/Users"));
      bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private long refusals() {
    return changes.read(view -> view.eventsAfter(0, 1_000)).stream()
        .filter(event -> event.type().equals("provisioning-refused"))
        .count();
  }

  private void refused(Certified client, Optional<String> bearer) throws Exception {
    long before = refusals();
    assertThat(ask(client, bearer).statusCode()).isEqualTo(401);
    assertThat(refusals()).isEqualTo(before + 1);
  }

  @Test
  void its_certificate_stands_for_a_token() throws Exception {
    var answer = ask(connector, Optional.empty());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"totalResults\":0");
  }

  @Test
  void another_machines_certificate_and_one_that_nobody_issued_are_refused_and_recorded()
      throws Exception {
    refused(other, Optional.empty());
    refused(stranger, Optional.empty());
  }

  @Test
  void a_wrong_token_is_not_made_good_by_a_right_certificate() throws Exception {
    refused(connector, Optional.of("vigil-scim-" + "A".repeat(43)));
  }

  @Test
  void a_disabled_machines_certificate_is_refused() throws Exception {
    machine("connector", connector, false);
    refused(connector, Optional.empty());
  }

  @Test
  void an_expired_certificate_is_refused() throws Exception {
    assertThat(ask(connector, Optional.empty()).statusCode()).isEqualTo(200);
    time.pass(Duration.ofDays(1));
    refused(connector, Optional.empty());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.StrictJson;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.PushedRequests;
import dev.vigil.admission.signin.Tokens;
import dev.vigil.admission.signin.WorkloadTokens;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
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
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Workloads at the listener that asks for a certificate.
class WorkloadTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(5);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final Map<String, TokenClaims> issued = new ConcurrentHashMap<>();
  private final Certified serverKey = Certified.make("localhost");
  private final Certified partner = Certified.make("partner");
  private final Certified stranger = Certified.make("stranger");
  private final Vertx vertx = Vertx.vertx();
  private URI origin = URI.create("https://localhost");
  private ApiServer server;
  private DeviceId machine;

  @BeforeEach
  void start() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    origin = URI.create("https://localhost:" + port);
    machine = enrolled();
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(origin));
    var workloads =
        new WorkloadTokens(
            changes,
            claims -> {
              issued.put("token" + issued.size(), claims);
              return "token" + (issued.size() - 1);
            });
    var flows =
        new OAuthRoutes.Flows(
            new PasswordAttempts(changes),
            new PushedRequests(changes),
            new Tokens(changes, _ -> "x"),
            workloads);
    var routes =
        new Routes(
            List.copyOf(
                new OAuthRoutes(
                        doors,
                        flows,
                        new Addresses(origin, origin, Optional.of(origin)),
                        () -> "{}",
                        (_, _, _) -> Optional.empty())
                    .mutualTls()));
    var channel =
        new Listener.Channel.MutualTls(serverKey.keys(), Certified.trusting(partner, stranger));
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(origin, "127.0.0.1", port, channel),
            routes);
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private DeviceId enrolled() {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var subject =
              new Subject(
                  SubjectId.random(entropy),
                  "ledger",
                  "Ledger",
                  Population.WORKLOAD,
                  Set.of(),
                  Set.of(),
                  true,
                  work.now());
          var id = DeviceId.random(entropy);
          work.tx().put(subject);
          work.tx()
              .put(
                  new Device(
                      id,
                      Device.Kind.PARTNER,
                      subject.id(),
                      Sha256.of(new byte[] {1}),
                      "ledger",
                      work.now(),
                      Optional.empty()));
          work.tx()
              .put(
                  new IssuedCertificate(
                      partner.thumbprint(),
                      "01",
                      id,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      Bytes.of(partner.der())));
          work.event("device-enrolled", "test", Map.of(), id, subject.id());
          return id;
        });
  }

  private HttpResponse<String> ask(Certified client, String form) throws Exception {
    var context =
        Certified.context(new KeyManager[] {client.keys()}, Certified.trusting(serverKey));
    try (var http = HttpClient.newBuilder().sslContext(context).build()) {
      var request =
          HttpRequest.newBuilder(URI.create(origin + "/oauth/token"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String member(HttpResponse<String> answer, String name) {
    return StrictJson.object(answer.body().getBytes(StandardCharsets.UTF_8))
        .path(name)
        .asString("");
  }

  @Test
  void a_partner_gets_a_token_bound_to_the_certificate_it_showed() throws Exception {
    var first = ask(partner, "grant_type=client_credentials");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(member(first, "token_type")).isEqualTo("Bearer");
    assertThat(member(first, "refresh_token")).isEmpty();
    assertThat(Objects.requireNonNull(issued.get(member(first, "access_token"))).binding())
        .isEqualTo(new TokenClaims.Binding.Certificate(partner.thumbprint()));
    assertThat(member(ask(partner, "grant_type=client_credentials"), "session"))
        .isEqualTo(member(first, "session"));
  }

  @Test
  void strangers_revoked_machines_and_expired_certificates_get_nothing() throws Exception {
    assertThat(member(ask(stranger, "grant_type=client_credentials"), "error"))
        .isEqualTo("invalid_client");
    time.pass(Duration.ofDays(1));
    assertThat(ask(partner, "grant_type=client_credentials").statusCode()).isEqualTo(401);
  }

  @Test
  void a_revoked_machine_gets_nothing() throws Exception {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(work.tx().device(machine).orElseThrow().revoke(work.now(), "lost"));
          return work.event("device-revoked", "lost", Map.of(), machine);
        });
    assertThat(member(ask(partner, "grant_type=client_credentials"), "error"))
        .isEqualTo("invalid_client");
  }

  @Test
  void other_grants_audiences_and_passwords_are_refused_here() throws Exception {
    assertThat(member(ask(partner, "grant_type=password&username=a&password=b"), "code"))
        .isEqualTo("oauth.password");
    assertThat(member(ask(partner, "grant_type=client_credentials&audience=vigil-api"), "error"))
        .isEqualTo("invalid_target");
    assertThat(
            member(
                ask(partner, "grant_type=refresh_token&client_id=vigil-phone&refresh_token=x"),
                "error"))
        .isEqualTo("unsupported_grant_type");
  }

  @Test
  void without_a_certificate_there_is_no_connection() {
    assertThatThrownBy(
            () -> {
              try (var http =
                  HttpClient.newBuilder()
                      .sslContext(
                          Certified.context(new KeyManager[0], Certified.trusting(serverKey)))
                      .build()) {
                http.send(
                    HttpRequest.newBuilder(URI.create(origin + "/oauth/token")).build(),
                    HttpResponse.BodyHandlers.ofString());
              }
            })
        .isInstanceOf(IOException.class);
  }
}

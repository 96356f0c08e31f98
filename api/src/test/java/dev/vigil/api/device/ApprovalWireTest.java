// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.device.Approvals;
import dev.vigil.admission.device.Attestations;
import dev.vigil.admission.device.Attesting;
import dev.vigil.admission.device.Enrolment;
import dev.vigil.admission.device.EnrolmentRules;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.EnrolmentRules.Attestation;
import dev.vigil.admission.device.EnrolmentRules.Rule;
import dev.vigil.admission.device.EnrolmentRules.TestRoot;
import dev.vigil.admission.device.EnrolmentRules.Who;
import dev.vigil.admission.device.PostureReports;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A person's second phone over HTTP, and who may let it in.
class ApprovalWireTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(8);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final Map<String, TokenClaims> tokens = new HashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = FreePort.next();
  private final URI origin = URI.create("http://localhost:" + port);
  private final SoftwareKey trusted = SoftwareKey.generate();
  private final SoftwareKey fresh = SoftwareKey.generate();
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            token -> Optional.ofNullable(tokens.get(token)),
            changes,
            new VisitCookie(origin));
    var routes =
        Stream.of(
                new DeviceRoutes(doors, useCases(), new DeviceRoutes.Directions(origin, List.of()))
                    .routes(),
                new ApprovalRoutes(doors, new Approvals(changes)).routes())
            .<Route<?>>flatMap(List::stream)
            .toList();
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(origin, "127.0.0.1", port, new Listener.Channel.PlainLoopback()),
            new Routes(routes));
    var alice = person("alice");
    enrolled(alice, trusted);
    signedIn(alice, fresh);
  }

  private DeviceRoutes.UseCases useCases() {
    var authorities = new TestAuthorities(time.now(), entropy);
    var day = Duration.ofHours(24);
    var rule =
        new Rule(
            new Who.OfPopulation(Population.EMPLOYEE),
            5,
            Set.of(),
            Attestation.NONE,
            TestRoot.REFUSED,
            Approval.OWN_DEVICE);
    return new DeviceRoutes.UseCases(
        new Enrolment(
            changes, authorities, Attestations.NONE, day, new EnrolmentRules(List.of(rule))),
        new Renewal(changes, authorities, day),
        new Attesting(changes, Attestations.NONE),
        new PostureReports(changes));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private SubjectId person(String name) {
    var person =
        new Subject(
            SubjectId.random(entropy),
            name,
            name,
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            time.now());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(person);
          return work.event("subject-created", "test", Map.of(), person.id());
        });
    return person.id();
  }

  /// A phone that was there before.
  private void enrolled(SubjectId owner, SoftwareKey key) {
    var device =
        new Device(
            DeviceId.random(entropy),
            Device.Kind.PHONE,
            owner,
            key.thumbprint(),
            "old phone",
            time.now(),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(device);
          return work.event("device-enrolled", "test", Map.of(), device.id());
        });
    session(owner, new Session.Binding.Device(device.id(), key.thumbprint()));
  }

  private SessionId session(SubjectId owner, Session.Binding binding) {
    var session =
        new Session(
            SessionId.random(entropy),
            owner,
            binding,
            List.of(),
            time.now(),
            time.now().plus(Duration.ofDays(3)),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(session);
          return work.event("session-established", "test", Map.of(), session.id());
        });
    return session.id();
  }

  /// The session of a phone that is not enrolled; its token is its key's thumbprint.
  private void signedIn(SubjectId owner, SoftwareKey key) {
    tokens.put(
        key.thumbprint().toString(),
        new TokenClaims(
            session(owner, new Session.Binding.Key(key.thumbprint())),
            owner,
            "vigil-phone",
            "vigil-api",
            new TokenClaims.Binding.Key(key.thumbprint()),
            0,
            time.now().plus(Duration.ofHours(1))));
  }

  private String proof(SoftwareKey key, String method, String path, Optional<String> token)
      throws JOSEException {
    var jwk = new ECKey.Builder(Curve.P_256, key.publicKey()).privateKey(key.privateKey()).build();
    var claims =
        new JWTClaimsSet.Builder()
            .claim("htm", method)
            .claim("htu", origin + path)
            .issueTime(Date.from(time.now()))
            .jwtID(Bytes.of(entropy.bytes(12)).toString());
    token.ifPresent(text ->
        claims.claim("ath", Sha256.of(text.getBytes(StandardCharsets.US_ASCII)).toString()));
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(jwk.toPublicJWK())
                .build(),
            claims.build());
    jwt.sign(new ECDSASigner(jwk));
    return jwt.serialize();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> pending(SoftwareKey key) throws Exception {
    return send(
        HttpRequest.newBuilder(origin.resolve("/device/pending"))
            .header("DPoP", proof(key, "GET", "/device/pending", Optional.empty())));
  }

  private HttpResponse<String> answer(String path, SoftwareKey key, String id) throws Exception {
    return send(
        HttpRequest.newBuilder(origin.resolve(path))
            .header("DPoP", proof(key, "POST", path, Optional.empty()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id + "\"}")));
  }

  private HttpResponse<String> post(String path, SoftwareKey key, String json) throws Exception {
    String token = key.thumbprint().toString();
    return send(
        HttpRequest.newBuilder(origin.resolve(path))
            .header("Authorization", "DPoP " + token)
            .header("DPoP", proof(key, "POST", path, Optional.of(token)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> enrol(SoftwareKey key) throws Exception {
    String nonce = member(post("/device/challenge", key, "{}").body(), "nonce");
    return post(
        "/device/enrol",
        key,
        "{\"csr\":\"%s\",\"nonce\":\"%s\",\"name\":\"new phone\"}"
            .formatted(key.certificateRequest(nonce), nonce));
  }

  private static String member(String json, String name) {
    return json.replaceFirst("(?s).*\"" + name + "\" ?: ?\"([^\"]*)\".*", "$1");
  }

  @Test
  void the_owner_lets_the_new_phone_in_on_the_old_one() throws Exception {
    var waits = enrol(fresh);
    assertThat(waits.statusCode()).isEqualTo(403);
    assertThat(waits.body()).contains("enrol.approval-needed", "chg_", "\"next\"");
    var shown = pending(trusted);
    assertThat(shown.body()).contains("new phone");
    String id = member(shown.body(), "id");
    assertThat(answer("/device/approve", trusted, id).statusCode()).isEqualTo(200);
    var issued = enrol(fresh);
    assertThat(issued.statusCode()).isEqualTo(200);
    assertThat(issued.body()).contains("certificate_chain");
  }

  @Test
  void the_phone_that_waits_can_neither_look_nor_answer() throws Exception {
    enrol(fresh);
    String id = member(pending(trusted).body(), "id");
    assertThat(pending(fresh).statusCode()).isIn(401, 403);
    for (var path : List.of("/device/approve", "/device/refuse"))
      assertThat(answer(path, fresh, id).statusCode()).isIn(401, 403);
    assertThat(enrol(fresh).body()).contains("enrol.approval-needed");
  }

  @Test
  void anothers_phone_sees_nothing_and_answers_nothing() throws Exception {
    enrol(fresh);
    String id = member(pending(trusted).body(), "id");
    var stranger = SoftwareKey.generate();
    enrolled(person("mallory"), stranger);
    assertThat(pending(stranger).body()).doesNotContain("chg_");
    assertThat(answer("/device/approve", stranger, id).body()).contains("enrol.not-the-approver");
    assertThat(answer("/device/refuse", stranger, id).body()).contains("enrol.not-the-approver");
  }

  @Test
  void a_refused_phone_waits_no_longer_and_nonsense_is_no_enrolment() throws Exception {
    enrol(fresh);
    String id = member(pending(trusted).body(), "id");
    assertThat(answer("/device/refuse", trusted, id).statusCode()).isEqualTo(200);
    assertThat(answer("/device/approve", trusted, id).statusCode()).isEqualTo(404);
    assertThat(answer("/device/approve", trusted, "../x").statusCode()).isEqualTo(404);
    assertThat(pending(trusted).body()).doesNotContain("chg_");
  }
}

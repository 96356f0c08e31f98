// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
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
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.identity.Passkey;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The administration API on a loopback port, with people who are signed in.
final class AdministrationHouse implements AutoCloseable {

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(3);
  final MemoryStore store = new MemoryStore(time);
  final Changes changes = new Changes(store, new CollectedFacts(), time, entropy);
  private final Map<String, TokenClaims> tokens = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI origin;
  private final ApiServer server;
  private final Publishing.Approval approval;

  AdministrationHouse() throws Exception {
    this(Publishing.Approval.NONE);
  }

  AdministrationHouse(Publishing.Approval approval) throws Exception {
    this.approval = approval;
    origin = URI.create("http://localhost:" + FreePort.next());
    var edge = new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5));
    server =
        ApiServer.start(
            edge,
            new Listener(
                origin, "127.0.0.1", origin.getPort(), new Listener.Channel.PlainLoopback()),
            new Routes(routes().routes()));
  }

  AdministrationRoutes routes() {
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            token -> Optional.ofNullable(tokens.get(token)),
            changes,
            new VisitCookie(origin));
    var people =
        new People(
            changes,
            (_, _) ->
                new Invitations.Invitation(
                    URI.create("https://vigil.example/invite#secret"),
                    time.now().plus(Duration.ofDays(1))));
    return new AdministrationRoutes(
        doors,
        new AdministrationRoutes.UseCases(
            changes,
            people,
            new Apps(changes, Set.of("vigil.example")),
            new Policies(changes),
            new Publications(changes, new Publishing((_, _) -> List.of(), approval)),
            new EnforcementPoints(changes),
            new Sessions(changes),
            new Devices(changes),
            new Revocation(changes),
            new Partners(changes, new TestAuthorities(time.now(), entropy), Duration.ofDays(30))));
  }

  /// Somebody at a command line.
  record Caller(Subject subject, Session session, ECKey key, String token) {}

  /// Signs somebody in with these roles.
  Caller signIn(String name, Role... roles) throws Exception {
    var key = new ECKeyGenerator(Curve.P_256).generate();
    var thumbprint = Sha256.parse(key.computeThumbprint().toString());
    var subject =
        new Subject(
            SubjectId.random(entropy),
            name,
            name,
            Population.EMPLOYEE,
            Set.of(),
            Set.of(roles),
            true,
            time.now());
    var session =
        new Session(
            SessionId.random(entropy),
            subject.id(),
            new Session.Binding.Key(thumbprint),
            List.of(),
            time.now(),
            time.now().plus(Duration.ofHours(8)),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(subject);
          work.tx()
              .put(
                  new Passkey(
                      name,
                      subject.id(),
                      Bytes.of(new byte[] {1}),
                      "00000000-0000-0000-0000-000000000000",
                      0,
                      false,
                      false,
                      Set.of(),
                      name,
                      time.now(),
                      time.now()));
          work.tx().put(session);
          return work.event("session-started", "test", Map.of(), subject.id(), session.id());
        });
    var token = "token-of-" + name;
    var binding = new TokenClaims.Binding.Key(thumbprint);
    tokens.put(
        token,
        new TokenClaims(
            session.id(),
            subject.id(),
            "vigil-cli",
            "vigil-api",
            binding,
            0,
            time.now().plus(Duration.ofHours(1))));
    return new Caller(subject, session, key, token);
  }

  HttpResponse<String> get(Caller caller, String path) throws Exception {
    return send(caller, "GET", path, "");
  }

  HttpResponse<String> post(Caller caller, String path, String json) throws Exception {
    return send(caller, "POST", path, json);
  }

  HttpResponse<String> put(Caller caller, String path, String json) throws Exception {
    return send(caller, "PUT", path, json);
  }

  private HttpResponse<String> send(Caller caller, String method, String path, String json)
      throws Exception {
    var address = URI.create(origin + "/admin/v1" + path);
    var request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "DPoP " + caller.token())
            .header("DPoP", proof(caller, method, address));
    if (!json.isEmpty()) request.header("Content-Type", "application/json");
    request.method(
        method,
        json.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(json));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String proof(Caller caller, String method, URI address) throws Exception {
    var claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", origin + address.getRawPath())
            .issueTime(Date.from(time.now()))
            .claim(
                "ath",
                Sha256.of(caller.token().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .toString())
            .build();
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(caller.key().toPublicJWK())
                .build(),
            claims);
    jwt.sign(new ECDSASigner(caller.key()));
    return jwt.serialize();
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    client.shutdownNow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
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
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The SCIM server on a loopback port, and providers that come to it.
final class ScimHouse implements AutoCloseable {

  static final JsonMapper JSON = JsonMapper.builder().build();

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(4);
  final CollectedFacts facts = new CollectedFacts();
  final Changes changes = new Changes(new MemoryStore(time), facts, time, entropy);
  final Providers providers = new Providers(changes);
  final Mandate mandate = new Mandate(Actor.SYSTEM, new Reason("a test"));
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI origin;
  private final ApiServer server;

  ScimHouse() throws IOException {
    origin = URI.create("http://localhost:" + FreePort.next());
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(origin));
    var routes =
        new ScimRoutes(
            doors,
            new ScimRoutes.UseCases(providers, new Users(changes), new Groups(changes)),
            time);
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(
                origin, "127.0.0.1", origin.getPort(), new Listener.Channel.PlainLoopback()),
            new Routes(routes.routes()));
  }

  URI base() {
    return origin.resolve("/scim/v2");
  }

  /// A provider of this name, with its token.
  String provider(Provider.Kind kind, String name, Provider.Adoption adoption) {
    var granted =
        providers.add(
            mandate,
            new NewProvider(
                kind, name, Population.EMPLOYEE, adoption, Optional.empty(), Providers.USUAL_LIFE));
    return done(granted).token();
  }

  record Token(String token) {}

  static Token done(Outcome<Providers.Granted> outcome) {
    return switch (outcome) {
      case Outcome.Done<Providers.Granted>(var granted) ->
          new Token(new String(granted.secret().reveal(), StandardCharsets.US_ASCII));
      case Outcome.Refused<Providers.Granted>(var refusal, var detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  /// Entra's client for a token.
  Client entra() {
    return new Client(provider(Provider.Kind.ENTRA, "entra", Provider.Adoption.REFUSED));
  }

  Client okta() {
    return new Client(provider(Provider.Kind.OKTA, "okta", Provider.Adoption.REFUSED));
  }

  Client adopting() {
    return new Client(provider(Provider.Kind.OTHER, "adopting", Provider.Adoption.BY_USER_NAME));
  }

  /// An answer, its body read as JSON where there is one.
  record Answer(int status, JsonNode json, HttpResponse<String> raw) {

    String id() {
      return json.path("id").asString("");
    }

    String etag() {
      return raw.headers().firstValue("etag").orElse("");
    }

    Answer is(int wanted) {
      assertThat(status).as(raw.body()).isEqualTo(wanted);
      return this;
    }

    /// A refusal in the form of RFC 7644 section 3.12.
    Answer refused(int wanted, String type) {
      is(wanted);
      assertThat(raw.headers().firstValue("content-type")).contains("application/scim+json");
      assertThat(json.path("schemas").path(0).asString(""))
          .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
      assertThat(json.path("status").asString("")).isEqualTo(Integer.toString(wanted));
      assertThat(json.path("scimType").asString("")).isEqualTo(type);
      assertThat(json.path("detail").asString("")).contains("next: ");
      return this;
    }

    Answer has(String pointer, Object value) {
      var node = json.at(pointer);
      Object got =
          node.isBoolean()
              ? (Object) node.asBoolean()
              : node.isNumber() ? (Object) node.asInt() : node.asString("");
      assertThat(got).as(pointer + " of " + json).isEqualTo(value);
      return this;
    }

    Answer hasNot(String pointer) {
      assertThat(json.at(pointer).isMissingNode()).as(pointer + " of " + json).isTrue();
      return this;
    }
  }

  /// Somebody with a token.
  final class Client {
    final String token;

    Client(String token) {
      this.token = token;
    }

    Answer get(String path) throws Exception {
      return send("GET", path, "", Map.of());
    }

    Answer find(String kind, String filter) throws Exception {
      return get(kind + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    Answer post(String path, String json) throws Exception {
      return send("POST", path, json, Map.of());
    }

    Answer put(String path, String json) throws Exception {
      return send("PUT", path, json, Map.of());
    }

    Answer patch(String path, String operations) throws Exception {
      return patch(path, operations, Map.of());
    }

    Answer patch(String path, String operations, Map<String, String> headers) throws Exception {
      return send(
          "PATCH",
          path,
          "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":"
              + operations
              + "}",
          headers);
    }

    Answer delete(String path) throws Exception {
      return send("DELETE", path, "", Map.of());
    }

    /// A user with nothing but a name.
    String user(String name) throws Exception {
      return post("/Users", "{\"userName\":\"" + name + "\"}").is(201).id();
    }

    Answer send(String method, String path, String content, Map<String, String> headers)
        throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create(base() + path))
              .header("Authorization", "Bearer " + token)
              .method(
                  method,
                  content.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(content));
      if (!content.isEmpty() && !headers.containsKey("Content-Type"))
        request.header("Content-Type", "application/scim+json; charset=utf-8");
      headers.forEach(request::header);
      var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()),
          response);
    }
  }

  Subject subject(String id) {
    return changes.read(view -> view.subject(new SubjectId(id))).orElseThrow();
  }

  /// Somebody whom an administrator invited, and who registered a passkey.
  Subject byHand(String name, Set<String> groups, Role... roles) {
    var subject =
        new Subject(
            SubjectId.random(entropy),
            name,
            name,
            Population.EMPLOYEE,
            groups,
            Set.of(roles),
            true,
            time.now());
    return changes.commit(
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
          work.event("subject-created", "test", Map.of(), subject.id());
          return subject;
        });
  }

  /// A session of this person.
  SessionId session(String id) {
    var session =
        new Session(
            SessionId.random(entropy),
            new SubjectId(id),
            new Session.Binding.Cookie(),
            List.of(),
            time.now(),
            time.now().plus(Duration.ofHours(8)),
            Optional.empty());
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(session);
          work.event("session-established", "test", Map.of(), session.id(), session.subject());
          return session.id();
        });
  }

  boolean lives(SessionId id) {
    return changes
        .read(view -> view.session(id))
        .filter(one -> one.livesAt(time.now()))
        .isPresent();
  }

  List<SecurityEvent> events(String type) {
    return changes.read(view -> view.eventsAfter(0, 100_000)).stream()
        .filter(event -> event.type().equals(type))
        .toList();
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    client.shutdownNow();
  }
}

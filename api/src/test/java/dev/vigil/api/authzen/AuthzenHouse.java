// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Advice;
import dev.vigil.access.Adviser;
import dev.vigil.access.Question;
import dev.vigil.access.World;
import dev.vigil.admission.Actor;
import dev.vigil.admission.App;
import dev.vigil.admission.Changes;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.StrictJson;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.signin.Certified;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Reading;
import dev.vigil.posture.Device;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import tools.jackson.databind.node.ObjectNode;

/// An organisation whose policy decision point listens on loopback, and a gateway of another make
/// that asks it.
final class AuthzenHouse implements AutoCloseable {

  /// One of each kind of thing that was recorded.
  record Recorded(Question question, Advice advice) {}

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(23);
  final World world = new World(policies(""));
  final Changes changes = new Changes(new MemoryStore(time), this::swap, time, entropy);
  final List<Recorded> records = new CopyOnWriteArrayList<>();
  final AtomicBoolean recordsFull = new AtomicBoolean();
  final Certified gateway = Certified.make("gateway");
  final Certified stranger = Certified.make("stranger");
  final SubjectId machine;
  final Point point = new Point(changes, world, new Adviser(world, entropy), this::record);
  final URI origin;
  private final Certified serverKey = Certified.make("localhost");
  private final Vertx vertx = Vertx.vertx();
  private final ApiServer server;
  private final HttpClient client = client(gateway);
  private final HttpClient strange = client(stranger);

  AuthzenHouse() throws IOException {
    try (var free = new ServerSocket(0)) {
      origin = URI.create("https://localhost:" + free.getLocalPort());
    }
    machine = subject("gateway", Population.WORKLOAD);
    certify(machine, Device.Kind.WORKLOAD, gateway);
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(origin));
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(
                origin,
                "127.0.0.1",
                origin.getPort(),
                new Listener.Channel.MutualTls(
                    serverKey.keys(), Certified.trusting(gateway, stranger))),
            new Routes(new AuthzenRoutes(doors, point, origin).mutualTls()));
  }

  private HttpClient client(Certified certified) {
    return HttpClient.newBuilder()
        .sslContext(
            Certified.context(new KeyManager[] {certified.keys()}, Certified.trusting(serverKey)))
        .build();
  }

  private boolean record(Question question, Advice advice) {
    if (recordsFull.get()) return false;
    return records.add(new Recorded(question, advice));
  }

  private void swap(FactsSink.Committed committed) {
    for (var change : committed.changes()) {
      switch (change) {
        case FactsSink.Change.OfSubject(var id, var facts) -> world.put(id, facts);
        case FactsSink.Change.OfDevice(var id, var owner, var facts, var _) ->
            world.put(new World.DeviceSnapshot(id, owner, facts, Map.of()));
        case FactsSink.Change.OfSession session -> {
          if (session.ended()) world.remove(session.id());
          else
            world.put(
                new World.SessionSnapshot(
                    session.id(),
                    session.subject(),
                    session.device(),
                    session.authentication(),
                    session.expiresAt()));
        }
        case FactsSink.Change.OfApp(var app, var facts) ->
            world.put(
                new World.AppSnapshot(app.id(), app.host(), app.upstream(), facts, List.of()));
        case FactsSink.Change.AppRemoved(var id) -> world.remove(id);
        case FactsSink.Change.OfPolicy(var set) -> world.put(set);
        case FactsSink.Change.OfApproval _, FactsSink.Change.CertificatesEnded _ -> {}
      }
    }
  }

  /// Publishes policies, as the next version.
  void policy(String yaml) {
    long next = world.policies().version() + 1;
    world.put(
        switch (PolicyReader.read(List.of(new PolicySource("test.yaml", yaml)), next)) {
          case Reading.Loaded loaded -> loaded.set();
          case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
        });
  }

  private static PolicySet policies(String yaml) {
    return switch (PolicyReader.read(List.of(new PolicySource("none.yaml", yaml)), 0)) {
      case Reading.Loaded loaded -> loaded.set();
      case Reading.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  /// What the gateway may ask about from now on.
  void enforces(String... apps) {
    var ids = Arrays.stream(apps).map(AppId::new).collect(Collectors.toUnmodifiableSet());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(new EnforcementPoint(machine, ids));
          return work.event("enforcement-point-changed", "test", Map.of(), machine);
        });
  }

  SubjectId subject(String name, Population population, String... groups) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var subject =
              new Subject(
                  SubjectId.random(entropy),
                  name,
                  name,
                  population,
                  Set.of(groups),
                  Set.of(),
                  true,
                  work.now());
          work.tx().put(subject);
          work.event("subject-created", "test", Map.of(), subject.id());
          return subject.id();
        });
  }

  DeviceId certify(SubjectId owner, Device.Kind kind, Certified certified) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var id = DeviceId.random(entropy);
          work.tx()
              .put(
                  new Device(
                      id,
                      kind,
                      owner,
                      Sha256.of(id.value().getBytes(StandardCharsets.UTF_8)),
                      "machine",
                      work.now(),
                      Optional.empty()));
          work.tx()
              .put(
                  new IssuedCertificate(
                      certified.thumbprint(),
                      "01",
                      id,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      Bytes.of(certified.der())));
          work.event("device-enrolled", "test", Map.of(), id, owner);
          return id;
        });
  }

  /// A session of a subject who signed in just now with a hardware passkey.
  SessionId session(SubjectId subject) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var made =
              new Authentication(
                  work.now(),
                  Authentication.Strength.PASSKEY_HARDWARE,
                  Set.of("hwk", "user"),
                  true,
                  true,
                  "passkey");
          var session =
              new Session(
                  SessionId.random(entropy),
                  subject,
                  new Session.Binding.Cookie(),
                  List.of(made),
                  work.now(),
                  work.now().plus(Duration.ofHours(8)),
                  Optional.empty());
          work.tx().put(session);
          work.event("session-established", "test", Map.of(), session.id(), subject);
          return session.id();
        });
  }

  void app(String id, String sensitivity) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          var app =
              new App(
                  new AppId(id),
                  id + ".apps.example",
                  URI.create("http://127.0.0.1:1"),
                  sensitivity,
                  Set.of(),
                  List.of());
          work.tx().put(app);
          return work.event("app-changed", "test", Map.of(), app.id());
        });
  }

  HttpResponse<String> post(String path, String json, String... headers) {
    return send(client, path, json, headers);
  }

  HttpResponse<String> postAsStranger(String path, String json) {
    return send(strange, path, json);
  }

  private HttpResponse<String> send(HttpClient from, String path, String json, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (headers.length > 0) request.headers(headers);
    return send(from, request);
  }

  HttpResponse<String> get(String path) {
    return send(client, HttpRequest.newBuilder(URI.create(origin + path)));
  }

  private static HttpResponse<String> send(HttpClient from, HttpRequest.Builder request) {
    try {
      return from.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The answer to a request that must be answered.
  ObjectNode ask(String path, String json) {
    var answer = post(path, json);
    if (answer.statusCode() != 200) throw new AssertionError(answer.body());
    return StrictJson.object(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /// Whether the evaluation permits.
  boolean permits(String json) {
    return ask("/access/v1/evaluation", json).path("decision").asBoolean(false);
  }

  Doors.EnforcementPoint caller(String... apps) {
    return new Doors.EnforcementPoint(
        machine,
        gateway.thumbprint(),
        Arrays.stream(apps).map(AppId::new).collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public void close() {
    client.shutdownNow();
    strange.shutdownNow();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.pki;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Authorities;
import dev.vigil.admission.device.CertificateRevocation;
import dev.vigil.admission.device.CertificateStatuses;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Renewal;
import dev.vigil.admission.device.Revocation;
import dev.vigil.api.est.EstRoutes;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Listener.Channel;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.scep.PkiOperation;
import dev.vigil.api.scep.ScepRoutes;
import dev.vigil.api.signin.Certified;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.Branch;
import dev.vigil.pki.Hierarchy;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.StatusPoints;
import dev.vigil.pki.Validity;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import dev.vigil.testkit.TestRegistration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The faces of certificates on loopback ports, with somebody whose devices they are. The clock
/// starts now, because clients that others wrote look at theirs.
public final class PkiHouse implements AutoCloseable {

  /// Clients remember nonces, so no two houses draw the same.
  private static final AtomicInteger HOUSES = new AtomicInteger(1200);

  public final ManualTime time = new ManualTime(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  final SeededEntropy entropy = new SeededEntropy(HOUSES.incrementAndGet());
  public final CollectedFacts facts = new CollectedFacts();
  public final Changes changes = new Changes(new MemoryStore(time), facts, time, entropy);
  public final TestAuthorities authorities = new TestAuthorities(time.now(), entropy);
  public final TestRegistration registration =
      new TestRegistration(authorities.devices(), time.now(), entropy);
  final Mandate mandate = new Mandate(Actor.SYSTEM, new Reason("a test"));
  public final SubjectId alice = SubjectId.random(entropy);
  private final Vertx vertx = Vertx.vertx();
  private final List<ApiServer> servers;

  /// Plain, for clients that are told the address of SCEP, CRL and OCSP.
  public final URI plain = URI.create("http://localhost:" + FreePort.next());

  public final URI tls = URI.create("https://localhost:" + FreePort.next());
  public final URI mutual = URI.create("https://localhost:" + FreePort.next());
  private final Doors doors;

  public PkiHouse() throws IOException {
    doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(tls));
    var person =
        new Subject(
            alice, "alice", "Alice", Population.EMPLOYEE, Set.of(), Set.of(), true, time.now());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(person);
          return work.event("subject-created", "a test", java.util.Map.of(), alice);
        });
    var key = SoftwareKey.generate();
    var certificate =
        new Hierarchy(entropy)
            .server(
                authorities.root(),
                key.publicKey(),
                List.of("localhost"),
                Validity.from(time.now(), Duration.ofDays(30)));
    var server = new Certified(new KeyPair(key.publicKey(), key.privateKey()), certificate);
    var clients = Branch.values();
    var trusted =
        Stream.of(clients)
            .map(branch -> new Certified(server.key(), authorities.authority(branch).certificate()))
            .toArray(Certified[]::new);
    servers =
        List.of(
            start(plain, new Channel.PlainLoopback(), everything()),
            start(tls, new Channel.Tls(server.keys()), everything()),
            start(
                mutual,
                new Channel.MutualTls(server.keys(), Certified.trusting(trusted)),
                est().mutualTls()));
  }

  private ApiServer start(URI origin, Channel channel, List<Route<?>> routes) {
    return ApiServer.start(
        new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
        new Listener(origin, "127.0.0.1", origin.getPort(), channel),
        new Routes(routes));
  }

  private Authorities telling() {
    return branch -> authorities.authority(branch).telling(StatusPoints.under(plain, branch));
  }

  public Grants grants() {
    return new Grants(changes, telling(), Duration.ofDays(30));
  }

  public Renewal renewal() {
    return new Renewal(changes, telling(), Duration.ofDays(30));
  }

  private EstRoutes est() {
    return new EstRoutes(
        doors,
        grants(),
        renewal(),
        new EstRoutes.Published(telling(), authorities.root().certificate()));
  }

  /// SCEP without HTTP around it.
  public PkiOperation scep() {
    return new PkiOperation(
        new PkiOperation.UseCases(grants(), renewal(), new CertificateStatuses(changes)),
        telling(),
        registration,
        new PkiOperation.Machine(time, entropy));
  }

  private List<Route<?>> everything() {
    var statuses = new CertificateStatuses(changes);
    var operation = scep();
    var published =
        new ScepRoutes.Published(registration, telling(), authorities.root().certificate());
    return Stream.of(
            new ScepRoutes(doors, operation, published).routes(),
            est().routes(),
            new PkiRoutes(doors, statuses, telling(), time).routes())
        .flatMap(List::stream)
        .toList();
  }

  /// The secret of a right to enrol one device of Alice's.
  public String secret(Grants.Protocol protocol) {
    var draft = new Grants.Draft(alice, protocol, "a tablet", Optional.empty(), Duration.ofDays(1));
    return done(grants().grant(mandate, draft)).secret();
  }

  public static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(var refusal, var detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  /// What was issued with this certificate.
  public IssuedCertificate known(X509Certificate certificate) throws Exception {
    var thumbprint = dev.vigil.kernel.Sha256.of(certificate.getEncoded());
    return changes.read(view -> view.certificate(thumbprint)).orElseThrow();
  }

  public void revoke(X509Certificate certificate) throws Exception {
    var known = known(certificate);
    done(new CertificateRevocation(changes).revoke(mandate, known.device(), known.serial()));
  }

  public void revokeDevice(X509Certificate certificate) throws Exception {
    done(new Revocation(changes).revokeDevice(mandate, known(certificate).device()));
  }

  /// The codes of refusals that were recorded.
  public List<String> refusals() {
    return changes.read(view -> view.eventsAfter(0, 1000)).stream()
        .map(SecurityEvent::details)
        .filter(details -> details.containsKey("code"))
        .map(details -> details.get("code"))
        .toList();
  }

  public HttpResponse<byte[]> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(plain + path)));
  }

  public HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(plain + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  /// Writes PEM into a file of a folder.
  public static Path pem(Path folder, String name, String label, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
  }

  static Bytes bytes(byte[] array) {
    return Bytes.of(array);
  }

  @Override
  public void close() {
    servers.forEach(ApiServer::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.acme.AcmeAccounts;
import dev.vigil.admission.acme.AcmeOrders;
import dev.vigil.admission.acme.AcmeRevocation;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.device.Grants;
import dev.vigil.admission.device.Grants.Protocol;
import dev.vigil.admission.device.Renewal;
import dev.vigil.api.http.ApiServer;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Listener;
import dev.vigil.api.http.Routes;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.FreePort;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestAuthorities;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An ACME server on a loopback port, the person whose phones are enrolled, and a maker who vouches
/// for phones.
final class AcmeHouse implements AutoCloseable {

  static final Duration LIFETIME = Duration.ofDays(7);

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(13);
  final MemoryStore store = new MemoryStore(time);
  final CollectedFacts facts = new CollectedFacts();
  final Changes changes = new Changes(store, facts, time, entropy);
  final TestAuthorities authorities = new TestAuthorities(time.now(), entropy);
  final Grants grants = new Grants(changes, authorities, LIFETIME);
  final Maker maker = new Maker();
  final URI origin = URI.create("http://localhost:" + FreePort.next());
  final Subject alice;
  private final Vertx vertx = Vertx.vertx();
  private final ApiServer server;

  AcmeHouse() {
    alice =
        new Subject(
            SubjectId.random(entropy),
            "alice@bank.example",
            "Alice Example",
            Population.EMPLOYEE,
            Set.of(),
            Set.of(),
            true,
            time.now());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(alice);
          return work.event("account-created", "test", Map.of(), alice.id());
        });
    var doors =
        new Doors(
            new Proofs(new SeenProofs(time.now())),
            _ -> Optional.empty(),
            changes,
            new VisitCookie(origin));
    var orders =
        new AcmeOrders(changes, grants, new Renewal(changes, authorities, LIFETIME), maker);
    var routes =
        new AcmeRoutes(
            doors,
            new AcmeRoutes.UseCases(new AcmeAccounts(changes), orders, new AcmeRevocation(changes)),
            new AcmeAddresses(origin),
            time,
            entropy);
    server =
        ApiServer.start(
            new ApiServer.Edge(vertx, time, entropy, Duration.ofSeconds(5)),
            new Listener(
                origin, "127.0.0.1", origin.getPort(), new Listener.Channel.PlainLoopback()),
            new Routes(routes.routes()));
  }

  URI directory() {
    return new AcmeAddresses(origin).directory();
  }

  /// The secret of a right for a phone of Alice's, for any device.
  String granted() {
    return granted(Protocol.ACME, Optional.empty());
  }

  /// For the device with this serial number.
  String grantedFor(String serial) {
    return granted(Protocol.ACME, Optional.of(serial));
  }

  String granted(Protocol protocol, Optional<String> identifier) {
    var mandate = new Mandate(Actor.SYSTEM, new Reason("new phone"));
    var draft =
        new Grants.Draft(alice.id(), protocol, "Alice's iPhone", identifier, Duration.ofDays(1));
    return switch (grants.grant(mandate, draft)) {
      case Outcome.Done<Grants.Granted>(Grants.Granted granted) -> granted.secret();
      case Outcome.Refused<Grants.Granted> refused -> throw new AssertionError(refused);
    };
  }

  List<SecurityEvent> events(String type) {
    return changes.read(view -> view.eventsAfter(0, 1_000)).stream()
        .filter(event -> event.type().equals(type))
        .toList();
  }

  /// What the gateway admits of a device now: the facts that were committed last.
  List<FactsSink.Admitted> admitted(DeviceId id) {
    return facts.all().reversed().stream()
        .flatMap(commit -> commit.changes().reversed().stream())
        .filter(change -> change instanceof FactsSink.Change.OfDevice of && of.id().equals(id))
        .map(FactsSink.Change.OfDevice.class::cast)
        .findFirst()
        .orElseThrow()
        .certificates();
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.AccessToken;
import dev.vigil.access.AccessTokens;
import dev.vigil.access.Attempt;
import dev.vigil.access.Decider;
import dev.vigil.access.Streams;
import dev.vigil.access.Verdict;
import dev.vigil.access.World;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.testkit.Policies;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A gateway on loopback before one app, `files.example`, with one person on one phone. Policies
/// are a function that a test may replace at any time.
final class Scene implements AutoCloseable {

  static final String HOST = "files.example";
  static final String TOKEN = "good-token";
  static final AppId APP = new AppId("files");

  /// The time at which a scene plays; the monotonic clock is the machine's, since sockets take real
  /// time.
  static final TimeSource CLOCK =
      new TimeSource() {
        @Override
        public Instant now() {
          return Instant.parse("2026-11-22T12:00:00Z");
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  final TestCa ca = TestCa.create("devices");
  final TestCa serverCa = TestCa.create("servers");
  final TestCa.Leaf phone = ca.device("phone", Instant.EPOCH, CLOCK.now().plus(Duration.ofDays(1)));
  final Entropy entropy = new SeededEntropy(7);
  final SubjectId subject = SubjectId.random(entropy);
  final DeviceId device = DeviceId.random(entropy);
  final SessionId session = SessionId.random(entropy);
  final World world;
  final Streams streams;
  final Upstream upstream = new Upstream();
  final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
  final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
  final AtomicInteger verified = new AtomicInteger();
  final AtomicInteger signed = new AtomicInteger();
  final AtomicLong versions = new AtomicLong(1);
  final Gateway gateway;

  Scene() throws IOException {
    this(config -> config);
  }

  Scene(UnaryOperator<GatewayConfig> change) throws IOException {
    world = new World(Policies.deciding(_ -> Policies.allow()));
    streams = new Streams(new Decider(world, entropy));
    world.put(subject, Facts.about(Entity.SUBJECT, subject.value(), 1).build());
    enrol(phone, CLOCK.now().plus(Duration.ofDays(1)));
    world.put(
        new World.SessionSnapshot(
            session,
            subject,
            Optional.of(device),
            Facts.about(Entity.AUTHENTICATION, session.value(), 1).build(),
            CLOCK.now().plus(Duration.ofHours(8))));
    publish(List.of());
    world.reached(1);
    tokens.put(
        TOKEN,
        new AccessToken(
            session, subject, thumbprint(phone), CLOCK.now().plus(Duration.ofMinutes(5)), 1));
    var leaf = serverCa.server(List.of(HOST, "other.example"));
    var config =
        new GatewayConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ServerIdentity(leaf.key(), List.of(leaf.certificate())),
            List.of(ca.certificate()));
    gateway = Gateway.start(change.apply(config.withLoops(2)), ports());
  }

  private GatewayPorts ports() {
    return new GatewayPorts(
        world,
        streams,
        new Tokens(),
        (bearer, audience, now) -> "assertion-" + signed.incrementAndGet() + "-" + audience,
        (from, action) -> {
          boolean spent = world.approved(from, action, CLOCK.now());
          if (spent) world.spent(from, action);
          return CompletableFuture.completedFuture(spent);
        },
        _ ->
            (attempt, verdict) -> {
              attempts.add(attempt);
              return verdicts.add(verdict);
            },
        CLOCK);
  }

  private final class Tokens implements AccessTokens {
    @Override
    public Optional<AccessToken> verify(String compact) {
      verified.incrementAndGet();
      return Optional.ofNullable(tokens.get(compact));
    }

    @Override
    public long keyEpoch() {
      return 1;
    }
  }

  /// Puts the phone's certificate on the positive list.
  void enrol(TestCa.Leaf leaf, Instant notAfter) {
    world.put(
        new World.DeviceSnapshot(
            device,
            subject,
            Facts.about(Entity.DEVICE, device.value(), versions.incrementAndGet()).build(),
            Map.of(thumbprint(leaf), notAfter)));
  }

  /// Takes every certificate of the phone off the positive list, and tells the open streams.
  void revoke() {
    world.put(
        new World.DeviceSnapshot(
            device,
            subject,
            Facts.about(Entity.DEVICE, device.value(), versions.incrementAndGet()).build(),
            Map.of()));
    streams.changed(List.of(device), CLOCK.now());
  }

  void publish(List<World.Transaction> transactions) {
    publish(upstream.address(), transactions);
  }

  void publish(java.net.URI address, List<World.Transaction> transactions) {
    world.put(
        new World.AppSnapshot(
            APP,
            HOST,
            address,
            Facts.about(Entity.APP, APP.value(), versions.incrementAndGet()).build(),
            transactions));
  }

  /// Decides by this function from now on.
  void deciding(Function<AccessRequest, Decision> policy) {
    world.put(Policies.deciding(versions.incrementAndGet(), policy));
  }

  static Sha256 thumbprint(TestCa.Leaf leaf) {
    try {
      return Sha256.of(leaf.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate has its encoding", e);
    }
  }

  Phone phone() throws IOException {
    return new Phone(this, phone);
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    upstream.close();
  }
}

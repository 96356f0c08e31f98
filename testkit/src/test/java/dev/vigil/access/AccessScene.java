// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.Policies;
import dev.vigil.testkit.SeededEntropy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// One person, one phone, one app, and a clock that stands still.
final class AccessScene {

  final Entropy entropy = new SeededEntropy(11);
  final ManualTime time = ManualTime.atNoon();
  final SubjectId subject = SubjectId.random(entropy);
  final DeviceId device = DeviceId.random(entropy);
  final SessionId session = SessionId.random(entropy);
  final AppId app = new AppId("files");
  final Sha256 certificate = Sha256.of("phone".getBytes(StandardCharsets.UTF_8));
  final World world = new World(Policies.deciding(_ -> Policies.allow()));
  final Decider decider = new Decider(world, entropy);
  final Streams streams = new Streams(decider);
  final AtomicLong versions = new AtomicLong(1);

  AccessScene() {
    world.put(subject, Facts.about(Entity.SUBJECT, subject.value(), 1).build());
    enrolled(Map.of(certificate, time.now().plus(Duration.ofDays(1))));
    signedIn(subject, Optional.of(device), time.now().plus(Duration.ofHours(8)));
    world.put(
        new World.AppSnapshot(
            app,
            "files.example",
            URI.create("http://127.0.0.1:1"),
            Facts.about(Entity.APP, "files", 1).build(),
            List.of()));
    world.reached(1);
  }

  void enrolled(Map<Sha256, Instant> certificates) {
    world.put(
        new World.DeviceSnapshot(
            device,
            subject,
            Facts.about(Entity.DEVICE, device.value(), versions.incrementAndGet()).build(),
            certificates));
  }

  void signedIn(SubjectId who, Optional<DeviceId> where, Instant until) {
    world.put(
        new World.SessionSnapshot(
            session,
            who,
            where,
            Facts.about(Entity.AUTHENTICATION, session.value(), versions.incrementAndGet()).build(),
            until));
  }

  void deciding(Function<AccessRequest, Decision> policy) {
    world.put(Policies.deciding(versions.incrementAndGet(), policy));
  }

  AccessToken token() {
    return new AccessToken(
        session, subject, certificate, time.now().plus(Duration.ofMinutes(5)), 1);
  }

  Attempt attempt() {
    return attempt(Optional.of(token()));
  }

  Attempt attempt(Optional<AccessToken> token) {
    return new Attempt(
        certificate,
        token,
        app,
        Facts.unknown(Entity.CONNECTION),
        Facts.unknown(Entity.NETWORK),
        Facts.unknown(Entity.REQUEST),
        Optional.empty(),
        time.now());
  }

  Attempt transaction(Sha256 action) {
    var plain = attempt();
    return new Attempt(
        plain.certificate(),
        plain.token(),
        plain.app(),
        plain.connection(),
        plain.network(),
        plain.request(),
        Optional.of(action),
        plain.at());
  }

  Verdict decide(Attempt attempt) {
    return decider.decide(attempt, (_, _) -> true);
  }
}

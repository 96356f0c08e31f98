// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.access.World.SessionSnapshot;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.Obligations;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers enforcement points that are not our own gateway, on the same snapshots and policies as
/// [Decider]. Subjects, sessions, devices and apps are looked up here; what the enforcement point
/// says itself only fills what is unknown.
public final class Adviser {

  private final World world;
  private final Entropy entropy;

  public Adviser(World world, Entropy entropy) {
    this.world = world;
    this.entropy = entropy;
  }

  /// Answers and records. What cannot be recorded is not answered.
  public Advice answer(Question question, AdviceRecords records) {
    var advice = consider(question);
    if (records.append(question, advice)) return advice;
    return new Advice.Rejected(advice.reference(), AccessRefusal.RECORDS_FULL);
  }

  /// What would be answered; for searches, which look at many candidates and tell only of some.
  public Advice consider(Question question) {
    var reference = DecisionId.random(entropy);
    if (world.suspended()) return new Advice.Rejected(reference, AccessRefusal.NOT_READY);
    var session = session(question);
    var known = known(question, session);
    var said = new LinkedHashMap<Fact, Object>();
    for (Entity entity : Entity.values())
      said.putAll(question.given().unknownTo(known.about(entity)));
    var request = with(question.given(), known);
    var decision = world.policies().decide(request);
    return new Advice.Decided(
        reference, request, said, decision, until(decision, request, session));
  }

  private static Instant until(
      Decision decision, AccessRequest request, Optional<SessionSnapshot> session) {
    var recheck =
        decision instanceof Decision.Allow(_, Obligations obligations)
            ? obligations.recheck().map(request.at()::plus)
            : Optional.<Instant>empty();
    return Stream.of(
            Optional.of(decision.basis().validUntil()),
            recheck,
            session.map(SessionSnapshot::expiresAt))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The named session, if it lives and is the subject's own.
  private Optional<SessionSnapshot> session(Question question) {
    var about = question.about();
    return about
        .session()
        .flatMap(world::session)
        .filter(session -> about.subject().filter(session.subject()::equals).isPresent())
        .filter(session -> question.at().isBefore(session.expiresAt()));
  }

  private AccessRequest known(Question question, Optional<SessionSnapshot> session) {
    var about = question.about();
    return new AccessRequest(
        about.subject().flatMap(world::subject).orElseGet(() -> Facts.unknown(Entity.SUBJECT)),
        session
            .map(SessionSnapshot::authentication)
            .orElseGet(() -> Facts.unknown(Entity.AUTHENTICATION)),
        device(about, session),
        Facts.unknown(Entity.CONNECTION),
        Facts.unknown(Entity.NETWORK),
        Facts.unknown(Entity.RISK),
        world
            .app(about.app())
            .map(World.AppSnapshot::facts)
            .orElseGet(() -> Facts.unknown(Entity.APP)),
        Facts.unknown(Entity.REQUEST),
        question.at());
  }

  /// The session's own device; only where it has none, the one that was named, if it is the
  /// subject's.
  private Facts device(Question.About about, Optional<SessionSnapshot> session) {
    Optional<DeviceId> id = session.flatMap(SessionSnapshot::device).or(about::device);
    return id.flatMap(world::device)
        .filter(device -> about.subject().filter(device.owner()::equals).isPresent())
        .map(World.DeviceSnapshot::facts)
        .orElseGet(() -> Facts.unknown(Entity.DEVICE));
  }

  private static AccessRequest with(Given given, AccessRequest known) {
    var request = known;
    for (Entity entity : Entity.values())
      request = request.with(given.added(known.about(entity), known.at()));
    return request;
  }
}

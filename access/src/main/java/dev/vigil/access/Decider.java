// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

import dev.vigil.access.World.AppSnapshot;
import dev.vigil.access.World.SessionSnapshot;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Facts;
import dev.vigil.policy.Obligations;
import java.time.Instant;
import java.util.Optional;

/// Judges an [Attempt]: certificate, token, session and app first, then the policies on the
/// snapshots of this moment. No I/O and no waiting; there is no decision cache, so there is no
/// stale answer.
public final class Decider {

  private final World world;
  private final Entropy entropy;

  public Decider(World world, Entropy entropy) {
    this.world = world;
    this.entropy = entropy;
  }

  /// Judges and records. What cannot be recorded does not pass.
  public Verdict decide(Attempt attempt, DecisionRecords records) {
    return recorded(attempt, judge(attempt, new Opening()), records);
  }

  /// Judges an open stream again. The token opened it and may have expired since: the stream hangs
  /// from the session and the certificate now. An approval that let it in has been spent on it, and
  /// stays its own.
  ///
  /// @param approved whether the stream was opened as an approved transaction
  Verdict decideOpen(Attempt attempt, boolean approved, DecisionRecords records) {
    return recorded(attempt, judge(attempt, new Open(approved)), records);
  }

  /// What is asked: to open a stream, or whether an open one may go on.
  private sealed interface Asking {}

  private record Opening() implements Asking {}

  private record Open(boolean approved) implements Asking {}

  /// The verdict on a stream that could not be judged at all: it does not pass.
  Verdict undecided() {
    return new Verdict.Rejected(DecisionId.random(entropy), AccessRefusal.NOT_READY);
  }

  private static Verdict recorded(Attempt attempt, Verdict verdict, DecisionRecords records) {
    if (records.append(attempt, verdict)) return verdict;
    return new Verdict.Rejected(verdict.reference(), AccessRefusal.RECORDS_FULL);
  }

  private Verdict judge(Attempt attempt, Asking asking) {
    var reference = DecisionId.random(entropy);
    if (world.suspended()) return new Verdict.Rejected(reference, AccessRefusal.NOT_READY);
    var certificate = world.certificate(attempt.certificate());
    if (certificate.isEmpty())
      return new Verdict.Rejected(reference, AccessRefusal.CERTIFICATE_UNKNOWN);
    if (!attempt.at().isBefore(certificate.get().notAfter()))
      return new Verdict.Rejected(reference, AccessRefusal.CERTIFICATE_EXPIRED);
    if (attempt.token().isEmpty())
      return new Verdict.Rejected(reference, AccessRefusal.TOKEN_MISSING);
    var token = attempt.token().get();
    if (!token.certificate().equals(attempt.certificate()))
      return new Verdict.Rejected(reference, AccessRefusal.TOKEN_OF_ANOTHER_DEVICE);
    if (asking instanceof Opening && !attempt.at().isBefore(token.expiresAt()))
      return new Verdict.Rejected(reference, AccessRefusal.TOKEN_EXPIRED);
    if (token.sequence() > world.sequence())
      return new Verdict.Rejected(reference, AccessRefusal.NOT_READY);
    return withToken(attempt, new Holder(token, certificate.get().device(), reference), asking);
  }

  private record Holder(AccessToken token, DeviceId device, DecisionId reference) {}

  private Verdict withToken(Attempt attempt, Holder holder, Asking asking) {
    var session = world.session(holder.token().session());
    if (session.isEmpty() || !stands(session.get(), holder.token(), holder.device(), attempt)) {
      return new Verdict.Rejected(holder.reference(), AccessRefusal.SESSION_ENDED);
    }
    var app = world.app(attempt.app());
    if (app.isEmpty()) return new Verdict.Rejected(holder.reference(), AccessRefusal.APP_UNKNOWN);
    var authentication = authentication(attempt, session.get(), asking);
    var request = assemble(attempt, authentication, holder.device(), app.get());
    Decision decision = world.policies().decide(request);
    return new Verdict.Decided(
        holder.reference(), holder.device(), holder.token(), request, decision);
  }

  private static boolean stands(
      SessionSnapshot session, AccessToken token, DeviceId device, Attempt attempt) {
    return session.subject().equals(token.subject())
        && session.device().filter(device::equals).isPresent()
        && attempt.at().isBefore(session.expiresAt());
  }

  private AccessRequest assemble(
      Attempt attempt, Facts authentication, DeviceId device, AppSnapshot app) {
    var subject =
        attempt
            .token()
            .flatMap(token -> world.subject(token.subject()))
            .orElseGet(() -> Facts.unknown(Entity.SUBJECT));
    var deviceFacts =
        world
            .device(device)
            .map(World.DeviceSnapshot::facts)
            .orElseGet(() -> Facts.unknown(Entity.DEVICE));
    return new AccessRequest(
        subject,
        authentication,
        deviceFacts,
        attempt.connection(),
        attempt.network(),
        Facts.unknown(Entity.RISK),
        app.facts(),
        attempt.request(),
        attempt.at());
  }

  /// A transaction adds one fact of the request itself: whether exactly this action was approved.
  private Facts authentication(Attempt attempt, SessionSnapshot session, Asking asking) {
    if (attempt.action().isEmpty()) return session.authentication();
    boolean approved =
        switch (asking) {
          case Opening() -> world.approved(session.id(), attempt.action().get(), attempt.at());
          case Open(boolean before) -> before;
        };
    return session
        .authentication()
        .with(
            "authentication.transaction_approved",
            approved,
            new Evidence(EvidenceTier.OBSERVED, attempt.at()));
  }

  /// The device of a connection's certificate, if it is on the positive list.
  Optional<DeviceId> deviceOf(Attempt attempt) {
    return world.certificate(attempt.certificate()).map(World.Certificate::device);
  }

  /// When a verdict ends by itself: the policies' own deadline or recheck, the session's or the
  /// certificate's, whichever is first.
  Instant deadlineOf(Attempt attempt, Verdict.Decided decided) {
    var deadline = earlier(decided.decision().basis().validUntil(), recheck(attempt, decided));
    var session =
        world
            .session(decided.token().session())
            .map(SessionSnapshot::expiresAt)
            .orElse(attempt.at());
    var certificate =
        world
            .certificate(attempt.certificate())
            .map(World.Certificate::notAfter)
            .orElse(attempt.at());
    return earlier(deadline, earlier(session, certificate));
  }

  private static Instant recheck(Attempt attempt, Verdict.Decided decided) {
    return decided.decision() instanceof Decision.Allow(_, Obligations obligations)
            && obligations.recheck().isPresent()
        ? attempt.at().plus(obligations.recheck().get())
        : Instant.MAX;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Device;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Takes trust away: from a device, a session, a subject. It acts at once, before the commit; then
/// everything that hangs from it goes in one commit, so that nothing survives what it hung from.
/// Doing it again changes nothing and succeeds.
public final class Revocation {

  private static final int LONGEST_CAUSE = 256;

  private final Changes changes;

  public Revocation(Changes changes) {
    this.changes = changes;
  }

  /// Revokes a device for good: its certificates leave the positive list and its sessions end.
  public Outcome<Device> revokeDevice(Actor actor, DeviceId id, String cause) {
    return with(
        actor,
        cause,
        () -> ahead(Optional.of(id), on(id)),
        work -> {
          var found = work.tx().device(id);
          if (found.isEmpty()) return Outcome.refused(DeviceRefusal.DEVICE_UNKNOWN);
          if (!found.get().active()) return Outcome.done(found.get());
          var revoked = found.get().revoke(work.now(), cause);
          work.tx().put(revoked);
          work.event(
              "device-compliance-change",
              cause,
              Map.of("previous_status", "compliant", "current_status", "not-compliant"),
              id,
              revoked.subject());
          work.event(
              "credential-change",
              cause,
              Map.of("change_type", "revoke", "credential_type", "x509"),
              id);
          endSessions(work, on(id), cause);
          return Outcome.done(revoked);
        });
  }

  /// Ends a session.
  public Outcome<Session> revokeSession(Actor actor, SessionId id, String cause) {
    return with(
        actor,
        cause,
        () -> ahead(Optional.empty(), session -> session.id().equals(id)),
        work ->
            work.tx()
                .session(id)
                .map(session ->
                    Outcome.done(session.ended().isPresent() ? session : end(work, session, cause)))
                .orElseGet(() -> Outcome.refused(DeviceRefusal.SESSION_UNKNOWN)));
  }

  /// Disables a subject: it cannot sign in, renew or enrol, and its sessions end. Its devices stay
  /// enrolled.
  public Outcome<Subject> disableSubject(Actor actor, SubjectId id, String cause) {
    return with(
        actor,
        cause,
        () -> ahead(Optional.empty(), of(id)),
        work -> {
          var found = work.tx().subject(id);
          if (found.isEmpty()) return Outcome.refused(DeviceRefusal.SUBJECT_UNKNOWN);
          var subject = found.get();
          var disabled =
              new Subject(
                  id,
                  subject.userName(),
                  subject.displayName(),
                  subject.population(),
                  subject.groups(),
                  subject.roles(),
                  false,
                  subject.createdAt());
          if (subject.active()) {
            work.tx().put(disabled);
            work.event("account-disabled", cause, Map.of(), id);
          }
          endSessions(work, of(id), cause);
          return Outcome.done(disabled);
        });
  }

  private <T> Outcome<T> with(
      Actor actor, String cause, Runnable ahead, Function<Work, Outcome<T>> body) {
    if (!PlainText.fits(cause, LONGEST_CAUSE))
      return Outcome.refused(DeviceRefusal.CAUSE_NOT_ALLOWED);
    ahead.run();
    return changes.commit(actor, body);
  }

  private void ahead(Optional<DeviceId> device, Predicate<Session> which) {
    var now = changes.time().now();
    changes.ahead(
        device, changes.read(view -> view.liveSessions(now).stream().filter(which).toList()));
  }

  private static Predicate<Session> on(DeviceId device) {
    return session -> session.device().filter(device::equals).isPresent();
  }

  private static Predicate<Session> of(SubjectId subject) {
    return session -> session.subject().equals(subject);
  }

  private static void endSessions(Work work, Predicate<Session> which, String cause) {
    work.tx().liveSessions(work.now()).stream()
        .filter(which)
        .forEach(session -> end(work, session, cause));
  }

  private static Session end(Work work, Session session, String cause) {
    var ended = session.end(work.now(), cause);
    work.tx().put(ended);
    work.event("session-revoked", cause, Map.of(), session.id(), session.subject());
    return ended;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_SESSION;

import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The sessions that live, and their end: with a session every token and open stream of it ends.
public final class Sessions {

  private final Changes changes;

  public Sessions(Changes changes) {
    this.changes = changes;
  }

  /// Every session that lives, in the order of its start.
  public List<Session> list() {
    var now = changes.time().now();
    return changes.read(view -> view.liveSessions(now));
  }

  /// The live sessions of one subject.
  public List<Session> of(SubjectId subject) {
    var now = changes.time().now();
    return changes.read(view -> of(view, subject, now));
  }

  static List<Session> of(View view, SubjectId subject, Instant now) {
    return view.liveSessions(now).stream()
        .filter(session -> session.subject().equals(subject))
        .toList();
  }

  /// A session, ended ones included.
  public Outcome<Session> show(SessionId id) {
    return changes
        .read(view -> view.session(id))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_SESSION));
  }

  /// Ends a session. One that is over already stays as it is.
  public Outcome<Session> revoke(Mandate mandate, SessionId id) {
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .session(id)
                .map(session -> Outcome.done(end(work, mandate.reason(), session)))
                .orElseGet(() -> Outcome.refused(NO_SUCH_SESSION)));
  }

  static Session end(Work work, Reason reason, Session session) {
    if (!session.livesAt(work.now())) return session;
    var ended = session.end(work.now(), reason.text());
    work.tx().put(ended);
    work.event("session-revoked", reason.text(), Map.of(), session.id(), session.subject());
    return ended;
  }
}

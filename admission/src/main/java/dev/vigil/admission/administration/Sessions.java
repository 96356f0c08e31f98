// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_SESSION;

import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Optional;

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
    return changes.read(view -> view.sessionsOf(subject, now));
  }

  /// A session, ended ones included.
  public Outcome<Session> show(SessionId id) {
    return changes
        .read(view -> view.session(id))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(NO_SUCH_SESSION));
  }

  /// Ends a session, at once and then for good. One that is over already stays as it is.
  public Outcome<Session> revoke(Mandate mandate, SessionId id) {
    changes.ahead(Optional.empty(), changes.read(view -> view.session(id)).stream().toList());
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .session(id)
                .map(session -> Outcome.done(Ending.end(work, session, mandate.reason().text())))
                .orElseGet(() -> Outcome.refused(NO_SUCH_SESSION)));
  }
}

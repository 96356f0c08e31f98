// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.Session;
import java.util.Map;

/// The end of sessions: with a session every token and open stream of it ends.
public final class Ending {

  private Ending() {}

  /// Ends a session for good. One that is over already stays as it is.
  ///
  /// @param cause why, in a sentence or a code
  public static Session end(Work work, Session session, String cause) {
    if (!session.livesAt(work.now())) return session;
    var ended = session.end(work.now(), cause);
    work.tx().put(ended);
    work.event("session-revoked", cause, Map.of(), session.id(), session.subject());
    return ended;
  }
}

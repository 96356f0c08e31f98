// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Bytes;
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
    notices(work, session);
    return ended;
  }

  /// Every client where the session was used hears of it: the notices are part of the very change.
  private static void notices(Work work, Session session) {
    var clients = work.tx().clients();
    for (var one : clients.signOns(session.id())) {
      clients
          .client(one.client())
          .flatMap(RegisteredClient::backchannelLogout)
          .ifPresent(address ->
              clients.put(
                  new ClientsView.LogoutNotice(
                      Bytes.of(work.entropy().bytes(16)).toString(),
                      one.client(),
                      address,
                      session.subject(),
                      session.id(),
                      0,
                      work.now())));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.oauth.RegisteredClient;
import java.util.Map;
import java.util.Optional;

/// Tells a registered client whether an access token counts (RFC 7662): its own tokens, and those
/// that are for its app. Of all others it learns that they do not.
public final class Introspection {

  private final Changes changes;
  private final LiveTokens tokens;

  public Introspection(Changes changes, LiveTokens tokens) {
    this.changes = changes;
    this.tokens = tokens;
  }

  /// The token, if it counts and the policies still say yes. A client that holds another app's
  /// token that counts has it from somewhere: that leaves an event.
  public Optional<LiveTokens.Live> look(Known known, String compact) {
    var client = known.client();
    var found = tokens.find(compact);
    var own =
        found.filter(live ->
            live.token().client().equals(client.id())
                || live.token().app().filter(client.app()::equals).isPresent());
    if (own.isEmpty()) found.ifPresent(live -> strange(client, live));
    return own.filter(live -> tokens.decide(live) instanceof AppDecisions.Allowed);
  }

  private void strange(RegisteredClient client, LiveTokens.Live live) {
    changes.commit(
        Actor.SYSTEM,
        work ->
            work.note(
                "introspection-refused",
                "a client asked about a token that is neither its own nor for its app",
                Map.of("client", client.id(), "issued-to", live.client().id()),
                live.session().id(),
                live.subject().id()));
  }
}

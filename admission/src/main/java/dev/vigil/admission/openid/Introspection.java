// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.AppDecisions;
import java.util.Optional;

/// Tells a registered client whether an access token counts (RFC 7662): its own tokens, and those
/// that are for its app. Of all others it learns that they do not.
public final class Introspection {

  private final LiveTokens tokens;

  public Introspection(LiveTokens tokens) {
    this.tokens = tokens;
  }

  /// The token, if it counts and the policies still say yes.
  public Optional<LiveTokens.Live> look(Known known, String compact) {
    var client = known.client();
    return tokens
        .find(compact)
        .filter(live ->
            live.token().client().equals(client.id())
                || live.token().app().filter(client.app()::equals).isPresent())
        .filter(live -> tokens.decide(live) instanceof AppDecisions.Allowed);
  }
}

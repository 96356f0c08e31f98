// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Identity;
import dev.vigil.identity.federation.LogoutTokens;
import dev.vigil.identity.federation.Provider;
import dev.vigil.kernel.Outcome;
import java.net.URI;

/// A provider on the network. A port: what it answers was fetched and judged. Every method may
/// block, for seconds at most; refusals are [dev.vigil.identity.federation.FederationRefusal]s.
public interface Upstream {

  /// As it is configured.
  Provider provider();

  /// Where to send the browser.
  Outcome<URI> authorize(AuthorizationCall call);

  /// Who signed in, from what the browser brought back.
  Outcome<Identity> arrived(AuthorizationCall call, AuthorizationCall.Answer answer);

  /// Who signed out, from the token that the provider sent.
  Outcome<LogoutTokens.Notice> loggedOut(String token);
}

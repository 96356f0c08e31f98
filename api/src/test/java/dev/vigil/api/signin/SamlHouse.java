// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.Changes;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.admission.saml.SingleLogout;
import dev.vigil.admission.saml.SingleSignOn;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.saml.SamlRoutes;
import dev.vigil.identity.saml.Assertions;
import dev.vigil.identity.saml.Logouts;
import dev.vigil.kernel.Entropy;
import java.net.URI;
import java.util.List;

/// The SAML identity provider of a [House].
final class SamlHouse {

  final SamlProviders providers;
  final SamlRoutes.Published published;
  private final Changes changes;
  private final Entropy entropy;

  SamlHouse(Changes changes, Entropy entropy, URI origin) {
    this.changes = changes;
    this.entropy = entropy;
    this.providers = new SamlProviders(changes);
    this.published = new SamlRoutes.Published(origin, new RsaParty());
  }

  List<Route<?>> routes(
      AppDecisions decisions, Doors doors, PageRoutes pages, BrowserVisits visits) {
    var signer = published.signer();
    var flows =
        new SamlRoutes.Flows(
            new SingleSignOn(
                changes,
                decisions,
                new Assertions(published.entityId(), signer, entropy),
                published.signOn()),
            new SingleLogout(
                changes, new Logouts(published.entityId(), signer, entropy), published.logout()),
            new BrowserSessions(changes),
            visits);
    return new SamlRoutes(doors, flows, pages, published, entropy).routes();
  }
}

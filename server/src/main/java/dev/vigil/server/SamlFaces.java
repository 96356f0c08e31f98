// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.saml.SamlProviders;
import dev.vigil.admission.saml.SingleLogout;
import dev.vigil.admission.saml.SingleSignOn;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.api.administration.SamlProviderRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.saml.SamlRoutes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.identity.saml.Assertions;
import dev.vigil.identity.saml.Logouts;
import dev.vigil.kernel.Entropy;
import dev.vigil.keys.SamlKey;
import java.util.List;

/// The SAML identity provider, put together.
final class SamlFaces {

  private final Changes changes;
  private final Entropy entropy;
  private final Doors doors;
  private final SamlRoutes.Published published;

  SamlFaces(Foundation foundation, Addresses addresses, Entropy entropy, Doors doors) {
    this.changes = foundation.changes();
    this.entropy = entropy;
    this.doors = doors;
    this.published = new SamlRoutes.Published(addresses.pages(), new SamlKey(foundation.keys()));
  }

  List<Route<?>> pages(AppDecisions decisions, PageRoutes pages, BrowserVisits visits) {
    var signer = published.signer();
    var assertions = new Assertions(published.entityId(), signer, entropy);
    var logouts = new Logouts(published.entityId(), signer, entropy);
    var flows =
        new SamlRoutes.Flows(
            new SingleSignOn(changes, decisions, assertions, published.signOn()),
            new SingleLogout(changes, logouts, published.logout()),
            new BrowserSessions(changes),
            visits);
    return new SamlRoutes(doors, flows, pages, published, entropy).routes();
  }

  List<Route<?>> administration() {
    return new SamlProviderRoutes(doors, new SamlProviders(changes)).routes();
  }
}

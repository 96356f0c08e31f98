// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.access.AdviceRecords;
import dev.vigil.access.Adviser;
import dev.vigil.admission.Changes;
import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.Clients;
import dev.vigil.admission.openid.CodeGrant;
import dev.vigil.admission.openid.Exchange;
import dev.vigil.admission.openid.Introspection;
import dev.vigil.admission.openid.LiveTokens;
import dev.vigil.admission.openid.LogoutDelivery;
import dev.vigil.admission.openid.RefreshGrant;
import dev.vigil.admission.openid.ServiceGrant;
import dev.vigil.admission.openid.SignOuts;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.Invitations;
import dev.vigil.admission.signin.OwnAccount;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.VisitDevices;
import dev.vigil.api.administration.ClientRoutes;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.openid.AuthorizeRoutes;
import dev.vigil.api.openid.ClientEndpoints;
import dev.vigil.api.openid.TokenEndpoint;
import dev.vigil.api.openid.UserInfoRoutes;
import dev.vigil.api.own.OwnRoutes;
import dev.vigil.api.signin.Addresses;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.identity.oauth.ProofNonces;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.kernel.Secret;
import dev.vigil.keys.SignedOpenId;
import dev.vigil.server.Foundation.Machine;
import java.util.List;

/// The OpenID provider for registered clients, put together.
final class OpenIdFaces {

  private final Changes changes;
  private final Addresses addresses;
  private final Machine machine;
  private final Doors doors;
  private final SignedOpenId tokens;
  private final PolicyDecisions decisions;
  private final LiveTokens live;
  private final ProofNonces nonces;

  OpenIdFaces(
      Foundation foundation,
      Addresses addresses,
      AdviceRecords records,
      Machine machine,
      Doors doors) {
    this.changes = foundation.changes();
    this.addresses = addresses;
    this.machine = machine;
    this.doors = doors;
    this.tokens =
        new SignedOpenId(
            foundation.keys(), addresses.issuer().toString(), machine.time(), machine.entropy());
    this.decisions =
        new PolicyDecisions(
            foundation.world(),
            new Adviser(foundation.world(), machine.entropy()),
            records,
            machine.time());
    this.live = new LiveTokens(changes, decisions, tokens);
    this.nonces = new ProofNonces(Secret.random(machine.entropy()));
  }

  SignedOpenId tokens() {
    return tokens;
  }

  /// Who decides about sign-ins at apps.
  AppDecisions decisions() {
    return decisions;
  }

  ClientEndpoints endpoints() {
    return new ClientEndpoints(
        new ClientEndpoints.Flows(
            new PasswordAttempts(changes),
            authentication(),
            authorizations(),
            new Introspection(changes, live),
            new SignOuts(changes, tokens),
            new TokenEndpoint.Grants(
                new CodeGrant(changes, decisions, tokens),
                new RefreshGrant(changes, decisions, tokens),
                new ServiceGrant(changes, decisions, tokens),
                new Exchange(changes, live, tokens))),
        nonces,
        machine.time(),
        addresses.issuer());
  }

  UserInfoRoutes userInfo(Proofs proofs) {
    return new UserInfoRoutes(doors, live, proofs, machine.time());
  }

  private ClientAuthentication authentication() {
    return new ClientAuthentication(changes, addresses.issuer());
  }

  private Authorizations authorizations() {
    return new Authorizations(changes, decisions, addresses.issuer());
  }

  AuthorizeRoutes browsers(PageRoutes pages, BrowserVisits visits) {
    var flows =
        new AuthorizeRoutes.Flows(
            authentication(),
            authorizations(),
            new BrowserSessions(changes),
            visits,
            new VisitDevices(changes),
            new SignOuts(changes, tokens));
    return new AuthorizeRoutes(doors, flows, pages, addresses.pages());
  }

  /// People's own accounts.
  List<Route<?>> own(PageRoutes pages, BrowserVisits visits, Invitations invitations) {
    var flows =
        new OwnRoutes.Flows(
            new OwnAccount(changes, invitations), new BrowserSessions(changes), visits, decisions);
    return new OwnRoutes(doors, flows, pages, addresses.pages()).routes();
  }

  /// Who tells clients that sessions ended.
  LogoutDelivery logouts(LogoutDelivery.Post post) {
    return new LogoutDelivery(changes, tokens, post);
  }

  List<Route<?>> administration() {
    return new ClientRoutes(doors, new Clients(changes)).routes();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.LogoutNotice;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.Clients;
import dev.vigil.admission.openid.CodeGrant;
import dev.vigil.admission.openid.Exchange;
import dev.vigil.admission.openid.Introspection;
import dev.vigil.admission.openid.LiveTokens;
import dev.vigil.admission.openid.OpenIdTokens;
import dev.vigil.admission.openid.RefreshGrant;
import dev.vigil.admission.openid.ServiceGrant;
import dev.vigil.admission.openid.SignOuts;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.PasswordAttempts;
import dev.vigil.admission.signin.VisitDevices;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.api.openid.AuthorizeRoutes;
import dev.vigil.api.openid.ClientEndpoints;
import dev.vigil.api.openid.TokenEndpoint;
import dev.vigil.api.openid.UserInfoRoutes;
import dev.vigil.identity.oauth.ProofNonces;
import dev.vigil.identity.oauth.Proofs;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.SeenProofs;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.testkit.ManualTime;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The OpenID provider of a [House], with tokens that are only looked up and decisions that the
/// test makes.
final class OpenIdHouse implements OpenIdTokens {

  /// What is decided next; the last one stays.
  AppDecisions.Answer decision = new AppDecisions.Allowed("dec_1");

  /// What happens while the next decision is made, once.
  Runnable meanwhile = () -> {};

  final List<AppDecisions.Asked> asked = new ArrayList<>();
  final Map<String, IdToken> ids = new ConcurrentHashMap<>();
  final Map<String, AppToken> accesses = new ConcurrentHashMap<>();
  final Clients clients;
  final BrowserSessions browsers;
  private final LiveTokens live;
  private final Changes changes;
  private final ManualTime time;
  private final Entropy entropy;
  private final URI origin;

  OpenIdHouse(Changes changes, ManualTime time, Entropy entropy, URI origin) {
    this.changes = changes;
    this.time = time;
    this.entropy = entropy;
    this.origin = origin;
    this.clients = new Clients(changes);
    this.live = new LiveTokens(changes, this::decide, this);
    this.browsers = new BrowserSessions(changes);
  }

  AppDecisions.Answer decide(AppDecisions.Asked one) {
    asked.add(one);
    var then = meanwhile;
    meanwhile = () -> {};
    then.run();
    return decision;
  }

  void register(RegisteredClient client) {
    var answer = clients.put(new Mandate(Actor.SYSTEM, new Reason("a contract")), client);
    if (answer instanceof Outcome.Refused<RegisteredClient> refused)
      throw new AssertionError(refused.refusal().code());
  }

  Outcome<?> remove(String client) {
    return clients.remove(new Mandate(Actor.SYSTEM, new Reason("the contract ended")), client);
  }

  ClientEndpoints endpoints() {
    return new ClientEndpoints(
        new ClientEndpoints.Flows(
            new PasswordAttempts(changes),
            new ClientAuthentication(changes, origin),
            new Authorizations(changes, this::decide, origin),
            new Introspection(changes, live),
            new SignOuts(changes, this),
            new TokenEndpoint.Grants(
                new CodeGrant(changes, this::decide, this),
                new RefreshGrant(changes, this::decide, this),
                new ServiceGrant(changes, this::decide, this),
                new Exchange(changes, live, this))),
        new ProofNonces(Secret.random(entropy)),
        time,
        origin);
  }

  List<Route<?>> routes(Doors doors, PageRoutes pages, BrowserVisits visits) {
    var browsing =
        new AuthorizeRoutes(
            doors,
            new AuthorizeRoutes.Flows(
                new ClientAuthentication(changes, origin),
                new Authorizations(changes, this::decide, origin),
                browsers,
                visits,
                new VisitDevices(changes),
                new SignOuts(changes, this)),
            pages,
            origin);
    var info =
        new UserInfoRoutes(
            doors, live, new Proofs(new SeenProofs(time.now().minusSeconds(300))), time);
    return Stream.of(browsing.routes(), browsing.devices(), info.routes())
        .<Route<?>>flatMap(List::stream)
        .toList();
  }

  @Override
  public String idToken(IdToken claims, String accessToken) {
    String text = "id-" + ids.size();
    ids.put(text, claims);
    return text;
  }

  @Override
  public Optional<Hint> hint(String compact) {
    return Optional.ofNullable(ids.get(compact))
        .map(id -> new Hint(id.subject(), id.client(), id.session()));
  }

  @Override
  public String accessToken(AppToken claims) {
    String text = "app-token-" + accesses.size();
    accesses.put(text, claims);
    return text;
  }

  @Override
  public Optional<AppToken> appToken(String compact) {
    return Optional.ofNullable(accesses.get(compact))
        .filter(token -> time.now().isBefore(token.expiresAt()));
  }

  @Override
  public String logoutToken(LogoutNotice notice) {
    return "logout-" + notice.id();
  }
}

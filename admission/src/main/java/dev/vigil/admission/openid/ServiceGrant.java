// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.Work;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.ServiceSessions;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tokens for a service itself (RFC 6749 section 4.4), for its own app or one that it may call,
/// after a decision about the machine that it is. Nothing is refreshed: it asks again.
public final class ServiceGrant {

  private final Changes changes;
  private final AppDecisions decisions;
  private final OpenIdTokens tokens;

  public ServiceGrant(Changes changes, AppDecisions decisions, OpenIdTokens tokens) {
    this.changes = changes;
    this.decisions = decisions;
    this.tokens = tokens;
  }

  /// Issues.
  ///
  /// @param target empty for the client's own app
  public Outcome<Grants.Issued> issue(Known known, Optional<AppId> target, Set<String> scopes) {
    var client = known.client();
    var app = target.orElse(client.app());
    var session =
        registered(client, app, scopes)
            .then(_ -> Grants.constrained(known))
            .then(_ -> changes.commit(Actor.SYSTEM, work -> session(work, known)));
    if (session instanceof Outcome.Refused<Session>(Refusal refusal, String _))
      changes.commit(
          Actor.SYSTEM,
          work ->
              work.note(
                  "token-refused",
                  refusal.says(),
                  Map.of("code", refusal.code(), "client", client.id(), "app", app.value())));
    return session.then(one -> decided(known, one, app, scopes));
  }

  private static Outcome<RegisteredClient> registered(
      RegisteredClient client, AppId app, Set<String> scopes) {
    if (client.kind() != RegisteredClient.Kind.SERVICE)
      return Outcome.refused(OpenIdRefusal.UNAUTHORIZED);
    if (!app.equals(client.app()) && !client.calls().contains(app))
      return Outcome.refused(OAuthRefusal.TARGET, "register the client to call it");
    return client.scopes().containsAll(scopes)
        ? Outcome.done(client)
        : Outcome.refused(OAuthRefusal.SCOPE);
  }

  private static Outcome<Session> session(Work work, Known known) {
    var client = known.client();
    return ServiceSessions.of(work, client, known.binding())
        .map(session -> {
          var signOn =
              work.tx()
                  .clients()
                  .signOn(session.id(), client.id())
                  .orElseGet(() ->
                      new SignOn(
                          session.id(),
                          client.id(),
                          session.device(),
                          known.key(),
                          client.scopes().stream().sorted().toList(),
                          Optional.empty(),
                          work.now()));
          work.tx().clients().put(signOn.seen(known.address(), work.now()));
          return session;
        });
  }

  private Outcome<Grants.Issued> decided(
      Known known, Session session, AppId app, Set<String> scopes) {
    var asked =
        new AppDecisions.Asked(
            known.client().id(),
            app,
            session.subject(),
            session.id(),
            session.device(),
            known.itself());
    if (!(decisions.decide(asked) instanceof AppDecisions.Allowed))
      return Grants.refused(changes, known.client(), OpenIdRefusal.GRANT, session);
    return changes
        .commit(
            Actor.SYSTEM,
            work -> {
              var access = Grants.access(work, session, known, scopes.stream().sorted().toList());
              return Outcome.done(
                  new Grants.Draft(access.at(app), work.now(), Optional.empty(), Optional.empty()));
            })
        .then(draft -> Outcome.done(draft.issued(tokens)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.openid.OpenIdTokens.AppToken;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Exchanges a person's access token that a client received for one with which the client calls
/// another app for that person (RFC 8693). It never widens: scopes are part of the token's, its end
/// is no later, the app is one that the client may call, and the policies of that app decide.
public final class Exchange {

  private static final int MOST_ACTORS = 4;

  private final Changes changes;
  private final LiveTokens live;
  private final OpenIdTokens tokens;

  public Exchange(Changes changes, LiveTokens live, OpenIdTokens tokens) {
    this.changes = changes;
    this.live = live;
    this.tokens = tokens;
  }

  /// Exchanges.
  ///
  /// @param target the app to call
  /// @param scopes empty for all of the token's
  public Outcome<Grants.Issued> exchange(
      Known known, String subjectToken, AppId target, Set<String> scopes) {
    var client = known.client();
    if (!client.confidential() || known.binding().isEmpty())
      return Outcome.refused(OpenIdRefusal.UNCONSTRAINED);
    if (!client.calls().contains(target)) return refused(known, OAuthRefusal.TARGET);
    var found =
        live.find(subjectToken)
            .filter(one -> one.token().app().filter(client.app()::equals).isPresent())
            .filter(one -> one.token().actors().size() < MOST_ACTORS);
    if (found.isEmpty()) return refused(known, OpenIdRefusal.GRANT);
    if (!found.get().token().scopes().containsAll(scopes))
      return refused(known, OAuthRefusal.SCOPE);
    return decided(known, found.get(), target, scopes);
  }

  private Outcome<Grants.Issued> decided(
      Known known, LiveTokens.Live found, AppId target, Set<String> scopes) {
    if (!(live.decide(found, target) instanceof AppDecisions.Allowed))
      return Grants.refused(changes, known.client(), OpenIdRefusal.GRANT, found.session());
    return changes
        .commit(
            Actor.SYSTEM,
            work -> {
              var session = work.tx().session(found.session().id()).orElseThrow();
              if (Grants.serving(work, session).isEmpty())
                return Outcome.<Grants.Draft>refused(OpenIdRefusal.GRANT);
              var given = found.token().scopes();
              var granted = scopes.isEmpty() ? given : scopes.stream().sorted().toList();
              signOn(work.tx().clients(), known, found, granted, work.now());
              work.note(
                  "token-exchanged",
                  "a client acts for a person",
                  java.util.Map.of("client", known.client().id()),
                  session.id(),
                  session.subject(),
                  target);
              var fresh = Grants.access(work, session, known, granted);
              return Outcome.done(
                  new Grants.Draft(
                      narrowed(fresh, found.token(), target, known),
                      work.now(),
                      Optional.empty(),
                      Optional.empty()));
            })
        .map(draft -> draft.issued(tokens));
  }

  /// The client's tokens hang from the session like those of a sign-in.
  private static void signOn(
      dev.vigil.admission.ClientsTx clients,
      Known known,
      LiveTokens.Live found,
      List<String> granted,
      java.time.Instant now) {
    if (clients.signOn(found.session().id(), known.client().id()).isEmpty())
      clients.put(
          new SignOn(
              found.session().id(),
              known.client().id(),
              found.signOn().device(),
              known.key(),
              granted,
              found.signOn().seen(),
              now));
  }

  private static AppToken narrowed(AppToken fresh, AppToken given, AppId target, Known known) {
    var actors = new ArrayList<String>();
    actors.add(known.client().id());
    actors.addAll(given.actors());
    return new AppToken(
        fresh.session(),
        fresh.subject(),
        fresh.client(),
        Optional.of(target),
        fresh.scopes(),
        fresh.binding(),
        actors,
        fresh.sequence(),
        Grants.earlier(fresh.expiresAt(), given.expiresAt()));
  }

  private <T> Outcome<T> refused(Known known, dev.vigil.kernel.Refusal refusal) {
    changes.refused(Actor.SYSTEM, "token-refused", refusal);
    return Outcome.refused(refusal, known.client().id());
  }
}

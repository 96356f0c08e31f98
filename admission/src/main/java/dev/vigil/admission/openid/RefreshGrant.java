// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.Ending;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.Work;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.Settled;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Renews the tokens of a registered client, after a decision anew. The refresh token of a
/// confidential client stays (FAPI 2.0 Security Profile section 5.3.2.1); that of a native app
/// rotates, and coming twice ends the session.
public final class RefreshGrant {

  private final Changes changes;
  private final AppDecisions decisions;
  private final OpenIdTokens tokens;

  public RefreshGrant(Changes changes, AppDecisions decisions, OpenIdTokens tokens) {
    this.changes = changes;
    this.decisions = decisions;
    this.tokens = tokens;
  }

  private record Checked(RefreshToken token, Session session, SignOn signOn) {}

  /// Renews.
  ///
  /// @param scope empty for what was granted; anything else must be part of it
  public Outcome<Grants.Issued> refresh(Known known, Secret token, Optional<String> scope) {
    return Grants.constrained(known)
        .then(_ -> Settled.commit(changes, Actor.SYSTEM, work -> checked(work, known, token)))
        .then(checked -> decided(known, checked, scope));
  }

  private static Outcome<Checked> checked(Work work, Known known, Secret token) {
    var client = known.client();
    var kept = work.tx().refreshToken(token.digest());
    var session = kept.flatMap(one -> work.tx().session(one.session()));
    if (!Grants.isOf(client, token) || kept.isEmpty() || session.isEmpty())
      return Grants.refused(work, client, OpenIdRefusal.GRANT);
    var ids = new Object[] {session.get().id(), session.get().subject()};
    if (kept.get().spent()) {
      Ending.end(work, session.get(), "a refresh token came twice");
      return Grants.refused(work, client, OpenIdRefusal.GRANT_REUSED, ids);
    }
    var signOn = work.tx().clients().signOn(session.get().id(), client.id());
    boolean key =
        client.confidential() || signOn.filter(one -> one.key().equals(known.key())).isPresent();
    boolean lives =
        work.now().isBefore(kept.get().expiresAt())
            && Grants.serving(work, session.get()).isPresent();
    if (signOn.isEmpty() || !key || !lives)
      return Grants.refused(work, client, OpenIdRefusal.GRANT, ids);
    return Outcome.done(new Checked(kept.get(), session.get(), signOn.get()));
  }

  private Outcome<Grants.Issued> decided(Known known, Checked checked, Optional<String> scope) {
    var scopes = checked.signOn().scopes();
    var wanted = scope.map(text -> Arrays.stream(text.split(" ", -1)).sorted().toList());
    if (wanted.filter(some -> !scopes.containsAll(some)).isPresent())
      return Outcome.refused(OAuthRefusal.SCOPE);
    var asked =
        new AppDecisions.Asked(
            known.client().id(),
            known.client().app(),
            checked.session().subject(),
            checked.session().id(),
            checked.signOn().device(),
            known.itself().or(() -> checked.signOn().address(changes.time().now())));
    if (!(decisions.decide(asked) instanceof AppDecisions.Allowed))
      return Grants.refused(changes, known.client(), OpenIdRefusal.GRANT, checked.session());
    return changes
        .commit(Actor.SYSTEM, work -> issue(work, known, checked, wanted.orElse(scopes)))
        .map(draft -> draft.issued(tokens));
  }

  private static Outcome<Grants.Draft> issue(
      Work work, Known known, Checked checked, List<String> scopes) {
    var token = checked.token();
    var session = work.tx().session(token.session()).orElseThrow();
    boolean still = work.tx().refreshToken(token.digest()).filter(one -> !one.spent()).isPresent();
    if (!still || Grants.serving(work, session).isEmpty())
      return Outcome.refused(OpenIdRefusal.GRANT);
    known
        .itself()
        .ifPresent(address -> work.tx().clients().put(checked.signOn().seen(address, work.now())));
    return Outcome.done(
        new Grants.Draft(
            Grants.access(work, session, known, scopes),
            work.now(),
            Optional.empty(),
            next(work, known.client(), session, token)));
  }

  private static Optional<Secret> next(
      Work work, RegisteredClient client, Session session, RefreshToken token) {
    if (client.confidential()) return Optional.empty();
    work.tx().put(new RefreshToken(token.digest(), token.session(), token.expiresAt(), true));
    return Optional.of(Grants.refresh(work, session, client));
  }
}

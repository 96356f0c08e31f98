// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Changes;
import dev.vigil.admission.ClientsView.SignOn;
import dev.vigil.admission.openid.OpenIdTokens.AppToken;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.AppId;
import java.util.Optional;

/// Whether an access token still counts: its session lives, its client is registered and was not
/// signed out, its person is active - and the policies still say yes.
public final class LiveTokens {

  private final Changes changes;
  private final AppDecisions decisions;
  private final OpenIdTokens tokens;

  public LiveTokens(Changes changes, AppDecisions decisions, OpenIdTokens tokens) {
    this.changes = changes;
    this.decisions = decisions;
    this.tokens = tokens;
  }

  /// A token that counts.
  public record Live(
      AppToken token, RegisteredClient client, Session session, Subject subject, SignOn signOn) {}

  /// The token in this text, if it counts; the policies were not asked.
  public Optional<Live> find(String compact) {
    var now = changes.time().now();
    return tokens
        .appToken(compact)
        .flatMap(token ->
            changes.read(view ->
                view.session(token.session())
                    .filter(session ->
                        session.livesAt(now) && session.subject().equals(token.subject()))
                    .flatMap(session ->
                        view.clients()
                            .client(token.client())
                            .flatMap(client ->
                                view.clients()
                                    .signOn(session.id(), client.id())
                                    .flatMap(signOn ->
                                        view.subject(token.subject())
                                            .filter(Subject::active)
                                            .map(subject ->
                                                new Live(
                                                    token, client, session, subject, signOn)))))));
  }

  /// Decides whether the person may use an app now. The app asks, not the person: where the person
  /// is, is known for an hour from when they were last seen.
  AppDecisions.Answer decide(Live live, AppId app) {
    return decisions.decide(
        new AppDecisions.Asked(
            live.client().id(),
            app,
            live.subject().id(),
            live.session().id(),
            live.signOn().device(),
            live.signOn().address(changes.time().now())));
  }

  /// Decides about the token's own app.
  public AppDecisions.Answer decide(Live live) {
    return decide(live, live.token().app().orElse(live.client().app()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.util.Optional;

/// Signing out: a client revokes its tokens (RFC 7009), or sends the browser to end the session
/// (OpenID Connect RP-Initiated Logout 1.0). Either ends the session, and with it every token of
/// every client; each is told.
public final class SignOuts {

  private final Changes changes;
  private final OpenIdTokens tokens;

  public SignOuts(Changes changes, OpenIdTokens tokens) {
    this.changes = changes;
    this.tokens = tokens;
  }

  /// Ends the session of the client's own refresh token; a native app that proves a key, only if it
  /// is the one that the token hangs from. An unknown token, or another client's, is no error;
  /// access tokens die with the session or within five minutes.
  public void revoke(Known known, Secret token) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .refreshToken(token.digest())
              .filter(_ -> Grants.isOf(known.client(), token))
              .flatMap(kept -> work.tx().session(kept.session()))
              .filter(session ->
                  known.client().confidential()
                      || known.key().isEmpty()
                      || work.tx()
                          .clients()
                          .signOn(session.id(), known.client().id())
                          .filter(one -> one.key().equals(known.key()))
                          .isPresent())
              .ifPresent(session -> Ending.end(work, session, "revoked by the client"));
          return Optional.empty();
        });
  }

  /// What came of a browser that was sent to sign out.
  ///
  /// @param back where it goes on; empty for a page of ours
  public record SignedOut(Optional<URI> back) {}

  /// Ends the session that the ID token was issued in. Without a session of this very browser and
  /// person nothing ends: a hint from elsewhere signs nobody out.
  ///
  /// @param hint `id_token_hint`
  /// @param live who is signed in in this browser
  /// @param back `post_logout_redirect_uri`; only one that is registered
  public Outcome<SignedOut> signOut(
      String hint,
      Optional<BrowserSessions.Live> live,
      Optional<String> back,
      Optional<String> state) {
    var known = tokens.hint(hint);
    var client = known.flatMap(one -> changes.read(view -> view.clients().client(one.client())));
    boolean registered =
        client.filter(one -> back.isEmpty() || one.afterLogout().contains(back.get())).isPresent();
    if (known.isEmpty() || !registered) {
      changes.refused(Actor.SYSTEM, "sign-out-refused", OpenIdRefusal.HINT);
      return Outcome.refused(OpenIdRefusal.HINT);
    }
    live.filter(one -> one.session().id().equals(known.get().session()))
        .ifPresent(one ->
            changes.commit(
                one.actor(),
                work ->
                    work.tx()
                        .session(one.session().id())
                        .map(session -> Ending.end(work, session, "signed out"))));
    return Outcome.done(
        new SignedOut(
            back.map(uri ->
                URI.create(
                    uri
                        + state
                            .map(text ->
                                (uri.contains("?") ? "&" : "?") + "state=" + Answers.encoded(text))
                            .orElse("")))));
  }
}

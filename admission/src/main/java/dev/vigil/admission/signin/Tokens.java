// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.AccessTokenIssuer;
import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Ending;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.Work;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.identity.oauth.AuthorizationRequest;
import dev.vigil.identity.oauth.Client;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.oauth.Pkce;
import dev.vigil.identity.oauth.ProofOfKey;
import dev.vigil.identity.oauth.TokenRequest;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The token endpoint's use cases for native apps: a code is redeemed once, a refresh token
/// rotates, and either coming twice ends the session (RFC 9700 sections 2.1.1 and 4.14). Always
/// with a proof of the key that everything is bound to.
public final class Tokens {

  private static final Duration REFRESH_LIFE = Duration.ofDays(30);
  private static final Duration REUSE_WATCH = Duration.ofHours(1);

  private final Changes changes;
  private final AccessTokenIssuer issuer;

  public Tokens(Changes changes, AccessTokenIssuer issuer) {
    this.changes = changes;
    this.issuer = issuer;
  }

  /// What was issued.
  ///
  /// @param type `DPoP` for the API, `Bearer` for a token bound to a certificate (RFC 8705 section
  ///   3)
  /// @param refreshToken the text of the next refresh token; empty for workloads
  public record Issued(
      String accessToken,
      String type,
      Duration life,
      Audience audience,
      SessionId session,
      Optional<Secret> refreshToken) {}

  /// Redeems a code.
  public Outcome<Issued> redeem(TokenRequest.Code given, ProofOfKey proof) {
    return Settled.commit(
            changes,
            Actor.SYSTEM,
            work ->
                work.tx()
                    .spend(OneTime.Kind.CODE, given.code().digest(), work.now())
                    .map(value ->
                        noted(
                            work,
                            given.client(),
                            started(work, given, proof, value.as(Kept.Code.class))))
                    .orElseGet(() -> noted(work, given.client(), unknown(work, given.code()))))
        .map(draft -> draft.issued(issuer));
  }

  /// A code that came from the wrong hands leaves an event.
  private static Outcome<Draft> noted(Work work, Client client, Outcome<Draft> answer) {
    if (answer instanceof Outcome.Refused<Draft>(Refusal refusal, String _))
      work.note(
          "token-refused", refusal.says(), Map.of("code", refusal.code(), "client", client.id()));
    return answer;
  }

  private static Outcome<Draft> started(
      Work work, TokenRequest.Code given, ProofOfKey proof, Kept.Code kept) {
    var request = kept.pushed().request();
    boolean same =
        request.key().equals(proof.key())
            && request.client().equals(given.client())
            && request.redirectUri().equals(given.redirectUri());
    if (!same) return Outcome.refused(OAuthRefusal.CODE);
    if (!Pkce.fits(given.verifier(), request.challenge()))
      return Outcome.refused(OAuthRefusal.VERIFIER);
    var subject = new SubjectId(kept.subject());
    if (!work.tx().subject(subject).map(Subject::active).orElse(false))
      return Outcome.refused(OAuthRefusal.INACTIVE);
    if (signedOut(work, kept.signed())) return Outcome.refused(OAuthRefusal.SESSION);
    return approved(work, request)
        .then(shown ->
            Sessions.place(work, request.key(), subject)
                .then(place ->
                    Bindings.choose(work, place.binding(), given.audience())
                        .map(chosen -> {
                          var session =
                              Sessions.enter(
                                  work,
                                  place,
                                  subject,
                                  kept.signed().authentication(),
                                  Duration.ofDays(request.client().sessionDays()));
                          shown.ifPresent(
                              transaction -> Approvals.give(work, session, transaction.action()));
                          work.tx()
                              .put(
                                  new OneTime(
                                      OneTime.Kind.CODE,
                                      used(given.code()),
                                      session.id().value(),
                                      work.now().plus(REUSE_WATCH)));
                          return Draft.of(work, session, given.client(), chosen);
                        })));
  }

  /// Whether the person signed out at the provider before the code came back.
  private static boolean signedOut(Work work, Kept.Signed signed) {
    return signed.strength() == Authentication.Strength.FEDERATED
        && work.tx().federation().signOn(signed.credentialId()).isEmpty();
  }

  private static Outcome<Optional<ShownTransaction>> approved(
      Work work, AuthorizationRequest request) {
    return request
        .details()
        .map(details -> ShownTransaction.read(details, work.tx()).map(Optional::of))
        .orElseGet(() -> Outcome.done(Optional.empty()));
  }

  /// A code that is not there: never was, has expired - or was used, and then whoever has what came
  /// of it loses it.
  private static Outcome<Draft> unknown(Work work, Secret code) {
    var session =
        work.tx()
            .peek(OneTime.Kind.CODE, used(code), work.now())
            .flatMap(value -> work.tx().session(new SessionId(value.content())));
    if (session.isEmpty()) return Outcome.refused(OAuthRefusal.CODE);
    Ending.end(work, session.get(), "an authorization code came twice");
    return Outcome.refused(OAuthRefusal.CODE_REUSED);
  }

  private static Sha256 used(Secret code) {
    return Sha256.of(("used " + code.digest()).getBytes(StandardCharsets.UTF_8));
  }

  /// Rotates a refresh token.
  public Outcome<Issued> refresh(TokenRequest.Refresh given, ProofOfKey proof) {
    return Settled.commit(changes, Actor.SYSTEM, work -> refreshed(work, given, proof))
        .map(draft -> draft.issued(issuer));
  }

  private static Outcome<Draft> refreshed(Work work, TokenRequest.Refresh given, ProofOfKey proof) {
    var token = work.tx().refreshToken(given.token().digest());
    var session = token.flatMap(known -> work.tx().session(known.session()));
    if (token.isEmpty() || session.isEmpty() || !Draft.isOf(given.client(), given.token()))
      return noted(work, given.client(), Outcome.refused(OAuthRefusal.REFRESH));
    if (!session.get().key().equals(Optional.of(proof.key()))) {
      work.note(
          "refresh-refused",
          "a refresh token came with another key's proof",
          Map.of(),
          session.get().id(),
          session.get().subject());
      return Outcome.refused(OAuthRefusal.REFRESH);
    }
    if (token.get().spent()) {
      Ending.end(work, session.get(), "a refresh token came twice");
      return Outcome.refused(OAuthRefusal.REFRESH_REUSED);
    }
    if (!work.now().isBefore(token.get().expiresAt())) return Outcome.refused(OAuthRefusal.REFRESH);
    if (!Sessions.serves(work, session.get())) return Outcome.refused(OAuthRefusal.SESSION);
    return Bindings.choose(work, session.get().binding(), given.audience())
        .map(chosen -> {
          work.tx()
              .put(
                  new RefreshToken(
                      token.get().digest(), token.get().session(), token.get().expiresAt(), true));
          return Draft.of(work, session.get(), given.client(), chosen);
        });
  }

  /// Ends the session of a refresh token for whoever holds its key (RFC 7009). An unknown token is
  /// no error.
  public void revoke(Secret token, ProofOfKey proof) {
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .refreshToken(token.digest())
              .flatMap(known -> work.tx().session(known.session()))
              .filter(session -> session.key().equals(Optional.of(proof.key())))
              .ifPresent(session -> Ending.end(work, session, "signed out"));
          return Optional.empty();
        });
  }

  /// Tokens that will be signed once everything they stand on is durable.
  record Draft(TokenClaims claims, Audience audience, Instant now, Optional<Secret> refreshToken) {

    static final Duration ACCESS_LIFE = Duration.ofMinutes(5);

    /// Claims and the next refresh token of a session on a key or a device.
    static Draft of(Work work, Session session, Client client, Bindings.Chosen chosen) {
      String text = client.id() + "." + Bytes.of(work.entropy().bytes(32));
      var refresh = Secret.of(text.getBytes(StandardCharsets.UTF_8));
      var expires = earlier(work.now().plus(REFRESH_LIFE), session.expiresAt());
      work.tx().put(new RefreshToken(refresh.digest(), session.id(), expires, false));
      return new Draft(
          claims(work, session, client.id(), chosen),
          chosen.audience(),
          work.now(),
          Optional.of(refresh));
    }

    static TokenClaims claims(Work work, Session session, String clientId, Bindings.Chosen chosen) {
      var expires = earlier(work.now().plus(ACCESS_LIFE), session.expiresAt());
      return new TokenClaims(
          session.id(),
          session.subject(),
          clientId,
          chosen.audience().label(),
          chosen.binding(),
          work.tx().sequence(),
          expires);
    }

    /// Whether a refresh token was issued to this client: its name stands in the token, and the
    /// digest covers it.
    static boolean isOf(Client client, Secret token) {
      return new String(token.reveal(), StandardCharsets.UTF_8).startsWith(client.id() + ".");
    }

    private static Instant earlier(Instant a, Instant b) {
      return a.isBefore(b) ? a : b;
    }

    Issued issued(AccessTokenIssuer issuer) {
      String type = claims.binding() instanceof TokenClaims.Binding.Key ? "DPoP" : "Bearer";
      return new Issued(
          issuer.issue(claims),
          type,
          Duration.between(now, claims.expiresAt()),
          audience,
          claims.session(),
          refreshToken);
    }
  }
}

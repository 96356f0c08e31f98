// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.openid;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.Work;
import dev.vigil.admission.openid.ClientAuthentication.Known;
import dev.vigil.admission.signin.Settled;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the grants share: what is issued, and from when on it counts.
public final class Grants {

  static final Duration ACCESS_LIFE = Duration.ofMinutes(5);

  private Grants() {}

  /// What was issued.
  ///
  /// @param type `DPoP`, or `Bearer` for tokens bound to a certificate or to nothing
  public record Issued(
      String accessToken,
      String type,
      Duration life,
      List<String> scopes,
      Optional<String> idToken,
      Optional<Secret> refreshToken) {
    public Issued {
      scopes = List.copyOf(scopes);
    }
  }

  /// The client, if it proved something to bind its tokens to, or need not: the plain profile.
  public static Outcome<Known> constrained(Known known) {
    boolean plain =
        known.client().profile() == RegisteredClient.Profile.PLAIN
            && known.client().kind() == RegisteredClient.Kind.WEB;
    if (known.binding().isEmpty() && !plain) return Outcome.refused(OpenIdRefusal.UNCONSTRAINED);
    return Outcome.done(known);
  }

  /// An access token that is not signed yet. Unbound ones open the UserInfo endpoint only.
  static OpenIdTokens.AppToken access(
      Work work, Session session, Known known, List<String> scopes) {
    return new OpenIdTokens.AppToken(
        session.id(),
        session.subject(),
        known.client().id(),
        known.binding().map(_ -> known.client().app()),
        scopes,
        known.binding(),
        List.of(),
        work.tx().sequence(),
        earlier(work.now().plus(ACCESS_LIFE), session.expiresAt()));
  }

  /// Tokens that will be signed once everything they stand on is durable.
  record Draft(
      OpenIdTokens.AppToken access,
      Instant now,
      Optional<OpenIdTokens.IdToken> id,
      Optional<Secret> refresh) {

    Issued issued(OpenIdTokens tokens) {
      String text = tokens.accessToken(access);
      boolean key = access.binding().filter(TokenClaims.Binding.Key.class::isInstance).isPresent();
      return new Issued(
          text,
          key ? "DPoP" : "Bearer",
          Duration.between(now, access.expiresAt()),
          access.scopes(),
          id.map(claims -> tokens.idToken(claims, text)),
          refresh);
    }
  }

  /// A refresh token that hangs from the session; its text begins with the client's name.
  static Secret refresh(Work work, Session session, RegisteredClient client) {
    var text = client.id() + "." + Bytes.of(work.entropy().bytes(32));
    var token = Secret.of(text.getBytes(StandardCharsets.UTF_8));
    work.tx().put(new RefreshToken(token.digest(), session.id(), session.expiresAt(), false));
    return token;
  }

  static boolean isOf(RegisteredClient client, Secret token) {
    return new String(token.reveal(), StandardCharsets.UTF_8).startsWith(client.id() + ".");
  }

  /// Claims about the person, by the scopes that were granted (OpenID Connect Core section 5.4).
  static Map<String, Object> person(Subject subject, List<String> scopes) {
    var claims = new LinkedHashMap<String, Object>();
    if (scopes.contains("profile")) {
      claims.put("name", subject.displayName());
      claims.put("preferred_username", subject.userName());
    }
    if (scopes.contains("email") && subject.userName().contains("@"))
      claims.put("email", subject.userName());
    if (scopes.contains("groups"))
      claims.put("groups", subject.groups().stream().sorted().toList());
    return claims;
  }

  /// The subject, if tokens may hang from this session now.
  static Optional<Subject> serving(Work work, Session session) {
    if (!session.livesAt(work.now())) return Optional.empty();
    return work.tx().subject(session.subject()).filter(Subject::active);
  }

  /// Records why a client got nothing; the refusal itself is the answer.
  static <T> Outcome<T> refused(
      Work work, RegisteredClient client, Refusal refusal, Object... ids) {
    work.note(
        "token-refused",
        refusal.says(),
        Map.of("code", refusal.code(), "client", client.id()),
        ids);
    return Outcome.refused(refusal);
  }

  static <T> Outcome<T> refused(
      Changes changes, RegisteredClient client, Refusal refusal, Session session) {
    return Settled.commit(
        changes,
        Actor.SYSTEM,
        work -> refused(work, client, refusal, session.id(), session.subject()));
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}

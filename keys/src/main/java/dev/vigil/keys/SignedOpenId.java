// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.ClientsView.LogoutNotice;
import dev.vigil.admission.openid.OpenIdTokens;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.kernel.TimeSource;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/// Signs what registered clients get: ID tokens and logout tokens with a key of their own, access
/// tokens with the key of all access tokens. Each kind has its `typ`, so that none passes for
/// another.
public final class SignedOpenId implements OpenIdTokens {

  private static final Duration ID_LIFE = Duration.ofMinutes(5);
  private static final Duration LOGOUT_LIFE = Duration.ofMinutes(2);
  private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

  private final KeyRing keys;
  private final Jwts ids;
  private final Jwts logouts;
  private final Jwts accesses;
  private final AppTokenForm form;
  private final TimeSource time;
  private final Entropy entropy;

  /// @param issuer the issuer's URL, which never changes
  public SignedOpenId(KeyRing keys, String issuer, TimeSource time, Entropy entropy) {
    this.keys = keys;
    this.ids = new Jwts(keys, KeyPurpose.ID_TOKENS, "JWT");
    this.logouts = new Jwts(keys, KeyPurpose.ID_TOKENS, "logout+jwt");
    this.accesses = new Jwts(keys, KeyPurpose.ACCESS_TOKENS, TokenForm.TYPE);
    this.form = new AppTokenForm(issuer);
    this.time = time;
    this.entropy = entropy;
  }

  @Override
  public String idToken(IdToken claims, String accessToken) {
    var now = time.now();
    var jwt =
        new JWTClaimsSet.Builder()
            .issuer(form.issuer())
            .subject(claims.subject().value())
            .audience(claims.client())
            .claim("azp", claims.client())
            .claim("sid", claims.session().value())
            .claim("auth_time", claims.how().at().getEpochSecond())
            .claim("acr", claims.how().strength().label())
            .claim("amr", claims.how().methods().stream().sorted().toList())
            .claim("at_hash", half(accessToken))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ID_LIFE)));
    claims.nonce().ifPresent(nonce -> jwt.claim("nonce", nonce));
    claims.person().forEach(jwt::claim);
    return ids.sign(jwt.build());
  }

  /// The left half of the digest (OpenID Connect Core section 3.1.3.6).
  private static String half(String accessToken) {
    var digest = Sha256.of(accessToken.getBytes(StandardCharsets.US_ASCII)).bytes();
    return Bytes.of(Arrays.copyOf(digest, digest.length / 2)).toString();
  }

  @Override
  public Optional<Hint> hint(String compact) {
    return ids.verify(compact, time.now())
        .filter(claims -> form.issuer().equals(claims.getIssuer()))
        .flatMap(SignedOpenId::hint);
  }

  private static Optional<Hint> hint(JWTClaimsSet claims) {
    try {
      var audience = claims.getAudience();
      if (audience.size() != 1) return Optional.empty();
      return Optional.of(
          new Hint(
              new SubjectId(claims.getSubject()),
              audience.getFirst(),
              new SessionId(claims.getStringClaim("sid"))));
    } catch (ParseException | RuntimeException e) { // whatever is wrong, it is no hint
      return Optional.empty();
    }
  }

  @Override
  public String accessToken(AppToken claims) {
    return accesses.sign(form.written(claims, time.now(), Jwts.jti(entropy)));
  }

  @Override
  public Optional<AppToken> appToken(String compact) {
    var now = time.now();
    return accesses
        .verify(compact, now)
        .flatMap(form::read)
        .filter(token -> now.isBefore(token.expiresAt()));
  }

  @Override
  public String logoutToken(LogoutNotice notice) {
    var now = time.now();
    return logouts.sign(
        new JWTClaimsSet.Builder()
            .issuer(form.issuer())
            .subject(notice.subject().value())
            .audience(notice.client())
            .claim("sid", notice.session().value())
            .claim("events", Map.of(LOGOUT, Map.of()))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LOGOUT_LIFE)))
            .jwtID(notice.id())
            .build());
  }

  /// The keys that verify access tokens and ID tokens now, as a JWK Set in JSON.
  public String jwks() {
    return Jwts.jwks(keys, time.now(), KeyPurpose.ACCESS_TOKENS, KeyPurpose.ID_TOKENS);
  }
}

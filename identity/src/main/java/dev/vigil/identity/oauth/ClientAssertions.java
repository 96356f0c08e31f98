// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies client assertions (RFC 7523, `private_key_jwt`) as FAPI 2.0 wants them: ES256 with a
/// registered key, for our issuer alone and for five minutes at most. A key or an address of a key
/// in the header is refused, not ignored.
public final class ClientAssertions {

  /// What `client_assertion_type` says.
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /// The longest that an assertion may live.
  public static final Duration LIFE = Duration.ofMinutes(5);

  private static final int LONGEST = 4096;
  private static final Duration AHEAD = Duration.ofSeconds(10);
  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");
  private static final int MOST_KEYS = 8;

  private ClientAssertions() {}

  /// An assertion whose form and signature are right, and which must still be the first of its
  /// `jti`.
  ///
  /// @param once the digest of client and `jti`
  public record Verified(Sha256 once, Instant expiresAt) {}

  /// Who it says it is by; empty if it is no such JWT. Nothing is verified.
  public static Optional<String> client(String compact) {
    if (compact.length() > LONGEST) return Optional.empty();
    try {
      return Optional.ofNullable(SignedJWT.parse(compact).getJWTClaimsSet().getSubject());
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Verifies one.
  public static Outcome<Verified> verify(
      String compact, RegisteredClient client, String issuer, Instant now) {
    if (compact.length() > LONGEST
        || !(client.method() instanceof RegisteredClient.Method.Keys(String jwks)))
      return refused("it is not what this client is registered for");
    try {
      var jwt = SignedJWT.parse(compact);
      var header = jwt.getHeader();
      if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) return refused("`alg` is not `ES256`");
      if (!HEADER.containsAll(header.getIncludedParams()))
        return refused("the header holds more than `alg`, `kid` and `typ`");
      for (var key : keys(jwks)) {
        boolean named = header.getKeyID() == null || header.getKeyID().equals(key.getKeyID());
        if (named && jwt.verify(new ECDSAVerifier(key)))
          return claimed(jwt.getJWTClaimsSet(), client.id(), issuer, now);
      }
      return refused("no registered key signed it");
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return refused("it is not a signed JWT");
    }
  }

  private static Outcome<Verified> claimed(
      JWTClaimsSet claims, String client, String issuer, Instant now) {
    if (!client.equals(claims.getIssuer()) || !client.equals(claims.getSubject()))
      return refused("`iss` and `sub` are not the client");
    if (!issuer.equals(claims.getClaim("aud") instanceof String one ? one : "")
        && !List.of(issuer).equals(claims.getAudience()))
      return refused("`aud` is not the issuer alone");
    var expires = claims.getExpirationTime();
    if (expires == null || !now.isBefore(expires.toInstant())) return refused("it has expired");
    if (expires.toInstant().isAfter(now.plus(LIFE).plus(AHEAD)))
      return refused("it lives longer than five minutes");
    boolean future =
        (claims.getIssueTime() != null
                && claims.getIssueTime().toInstant().isAfter(now.plus(AHEAD)))
            || (claims.getNotBeforeTime() != null
                && claims.getNotBeforeTime().toInstant().isAfter(now.plus(AHEAD)));
    if (future) return refused("it is from the future");
    String id = claims.getJWTID();
    if (id == null || id.length() < 8 || id.length() > 128) return refused("it has no `jti`");
    return Outcome.done(
        new Verified(
            Sha256.of(("assertion " + client + " " + id).getBytes(StandardCharsets.UTF_8)),
            expires.toInstant()));
  }

  /// Whether this is a JWK set that may be registered: public P-256 keys and nothing else, each
  /// with its own `kid`.
  public static boolean registrable(String jwks) {
    try {
      var all = JWKSet.parse(jwks).getKeys();
      var keys = keys(jwks);
      return !keys.isEmpty()
          && keys.size() <= MOST_KEYS
          && keys.size() == all.size()
          && keys.stream().map(ECKey::getKeyID).distinct().count() == keys.size();
    } catch (ParseException | IllegalArgumentException e) {
      return false;
    }
  }

  private static List<ECKey> keys(String jwks) throws ParseException {
    return JWKSet.parse(jwks).getKeys().stream()
        .filter(ECKey.class::isInstance)
        .map(ECKey.class::cast)
        .filter(key -> Curve.P_256.equals(key.getCurve()) && !key.isPrivate())
        .filter(key -> key.getX509CertURL() == null)
        .toList();
  }

  private static <T> Outcome<T> refused(String why) {
    return Outcome.refused(OpenIdRefusal.ASSERTION, why);
  }
}

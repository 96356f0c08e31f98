// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.federation;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Outcome;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A JWT of a provider whose signature is right; nothing of its claims has been judged (RFC 8725).
///
/// @param type the `typ` of the header, empty if there is none
record SignedToken(String type, JWTClaimsSet claims) {

  /// How far the clocks may be apart.
  static final Duration SKEW = Duration.ofSeconds(60);

  /// A token is fetched, or sent, as soon as it is made.
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST = 48 * 1024;
  private static final int SHORTEST_RSA = 2048;
  private static final int LONGEST_RSA = 8192;

  /// Asymmetric ones only: with a symmetric one everybody who knows the public key could sign.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  /// The token, if one of the provider's keys signed it.
  static Outcome<SignedToken> read(String compact, ProviderKeys keys) {
    if (compact.length() > LONGEST) return Outcome.refused(FederationRefusal.TOKEN);
    try {
      var first = new Base64URL(compact.substring(0, Math.max(0, compact.indexOf('.'))));
      var header = Header.parse(JSONObjectUtils.parse(first.decodeToString()));
      if (!(header instanceof JWSHeader jws) || !ALGORITHMS.contains(jws.getAlgorithm()))
        return Outcome.refused(FederationRefusal.ALGORITHM);
      if (bringsKey(jws)) return Outcome.refused(FederationRefusal.HEADER);
      var jwt = SignedJWT.parse(compact);
      var key = Optional.ofNullable(jws.getKeyID()).flatMap(keys::key);
      if (key.isEmpty() || !verifies(jwt, jws, key.get()))
        return Outcome.refused(FederationRefusal.SIGNATURE);
      var type = Optional.ofNullable(jws.getType()).map(Object::toString).orElse("");
      return Outcome.done(new SignedToken(type, jwt.getJWTClaimsSet()));
    } catch (ParseException
        | JOSEException
        | RuntimeException e) { // hostile input; whatever is wrong, it is no token
      return Outcome.refused(FederationRefusal.TOKEN);
    }
  }

  /// A key that comes with the token, or an address to fetch one from, is the sender's word.
  private static boolean bringsKey(JWSHeader header) {
    return header.getJWK() != null
        || header.getJWKURL() != null
        || header.getX509CertURL() != null
        || header.getX509CertChain() != null
        || header.getCriticalParams() != null;
  }

  private static boolean verifies(SignedJWT jwt, JWSHeader header, JWK key) throws JOSEException {
    var algorithm = header.getAlgorithm();
    boolean use = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
    boolean said = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
    if (!use || !said) return false;
    return switch (key) {
      case RSAKey rsa ->
          !algorithm.getName().startsWith("ES")
              && rsa.size() >= SHORTEST_RSA
              && rsa.size() <= LONGEST_RSA
              && jwt.verify(new RSASSAVerifier(rsa));
      case ECKey ec ->
          ec.getCurve().equals(curve(algorithm).orElse(null)) && jwt.verify(new ECDSAVerifier(ec));
      default -> false;
    };
  }

  private static Optional<Curve> curve(JWSAlgorithm algorithm) {
    if (algorithm.equals(JWSAlgorithm.ES256)) return Optional.of(Curve.P_256);
    return algorithm.equals(JWSAlgorithm.ES384) ? Optional.of(Curve.P_384) : Optional.empty();
  }

  /// A claim that must be a text of 1 to `most` characters, if it is one.
  Optional<String> text(String name, int most) {
    return claims.getClaim(name) instanceof String text && !text.isEmpty() && text.length() <= most
        ? Optional.of(text)
        : Optional.empty();
  }

  /// A claim in seconds since 1970.
  Optional<Instant> instant(String name) {
    return switch (claims.getClaim(name)) {
      case Date date -> Optional.of(date.toInstant());
      case Number seconds when Math.abs(seconds.doubleValue()) < 1e11 ->
          Optional.of(Instant.ofEpochSecond(seconds.longValue()));
      case null, default -> Optional.empty();
    };
  }

  /// The texts of a claim that is a list; empty if it is missing or anything else.
  List<String> texts(String name, int most) {
    return claims.getClaim(name) instanceof List<?> list && list.size() <= most
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /// Whether it says when it was made and expires, and by that counts now.
  boolean lives(Instant now) {
    var issued = instant("iat");
    var expires = instant("exp");
    return issued.isPresent()
        && expires.isPresent()
        && expires.get().isAfter(now.minus(SKEW))
        && !issued.get().isAfter(now.plus(SKEW))
        && !issued.get().isBefore(now.minus(OLDEST));
  }

  /// For whom it was issued: the client among the audiences, and as `azp` if that is there or must
  /// be (OpenID Connect Core section 3.1.3.7 steps 3 to 5).
  boolean isFor(String clientId) {
    var audiences = claims.getAudience();
    if (!audiences.contains(clientId)) return false;
    if (claims.getClaim("azp") == null) return audiences.size() == 1;
    return clientId.equals(claims.getClaim("azp"));
  }
}

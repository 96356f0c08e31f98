// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.TokenClaims;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How [TokenClaims] are written in a JWT: RFC 9068 with `sid`, `seq` and `cnf` (RFC 7800).
///
/// @param issuer the one issuer of this installation
record TokenForm(String issuer) {

  static final String TYPE = "at+jwt";

  private static final String CERTIFICATE = "x5t#S256";
  private static final String KEY = "jkt";

  JWTClaimsSet written(TokenClaims claims, Instant now, String jti) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(claims.subject().value())
        .audience(claims.audience())
        .claim("client_id", claims.clientId())
        .claim("sid", claims.session().value())
        .claim("seq", claims.sequence())
        .claim("cnf", confirmation(claims.binding()))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(claims.expiresAt()))
        .jwtID(jti)
        .build();
  }

  static Map<String, Object> confirmation(TokenClaims.Binding binding) {
    return switch (binding) {
      case TokenClaims.Binding.Certificate(Sha256 thumbprint) ->
          Map.of(CERTIFICATE, thumbprint.toString());
      case TokenClaims.Binding.Key(Sha256 thumbprint) -> Map.of(KEY, thumbprint.toString());
    };
  }

  /// The claims, if they are complete, of this issuer, and for exactly this audience.
  Optional<TokenClaims> read(JWTClaimsSet claims, String audience) {
    try {
      if (!issuer.equals(claims.getIssuer()) || !claims.getAudience().equals(List.of(audience)))
        return Optional.empty();
      var expires = claims.getExpirationTime();
      var sequence = claims.getLongClaim("seq");
      if (expires == null || sequence == null) return Optional.empty();
      return Optional.of(
          new TokenClaims(
              new SessionId(text(claims, "sid")),
              new SubjectId(text(claims, "sub")),
              text(claims, "client_id"),
              audience,
              binding(claims),
              sequence,
              expires.toInstant()));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(JWTClaimsSet claims, String name) throws ParseException {
    var value = claims.getStringClaim(name);
    if (value == null) throw new IllegalArgumentException("a token has `" + name + "`");
    return value;
  }

  static TokenClaims.Binding binding(JWTClaimsSet claims) throws ParseException {
    var confirmation = claims.getJSONObjectClaim("cnf");
    if (confirmation == null || confirmation.size() != 1)
      throw new IllegalArgumentException("a token is bound to one thing");
    var one = confirmation.entrySet().iterator().next();
    var thumbprint = Sha256.parse(String.valueOf(one.getValue()));
    return switch (one.getKey()) {
      case CERTIFICATE -> new TokenClaims.Binding.Certificate(thumbprint);
      case KEY -> new TokenClaims.Binding.Key(thumbprint);
      default -> throw new IllegalArgumentException("a token is bound to a certificate or a key");
    };
  }
}

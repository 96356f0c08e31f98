// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.openid.OpenIdTokens.AppToken;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the access tokens of registered clients are written: RFC 9068 with `sid`, `seq`, `cnf` and
/// `act`. Their audiences are names of another form than those of the API and the gateway, which
/// therefore never take them.
///
/// @param issuer the one issuer of this installation, and the audience of tokens for UserInfo only
record AppTokenForm(String issuer) {

  private static final String APP = "urn:vigil:app:";
  private static final int MOST_ACTORS = 4;

  JWTClaimsSet written(AppToken token, Instant now, String jti) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(token.subject().value())
            .audience(token.app().map(app -> APP + app.value()).orElse(issuer))
            .claim("client_id", token.client())
            .claim("scope", String.join(" ", token.scopes()))
            .claim("sid", token.session().value())
            .claim("seq", token.sequence())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(token.expiresAt()))
            .jwtID(jti);
    token.binding().ifPresent(binding -> claims.claim("cnf", TokenForm.confirmation(binding)));
    if (!token.actors().isEmpty()) claims.claim("act", act(token.actors()));
    return claims.build();
  }

  private static Map<String, Object> act(List<String> actors) {
    var act = new LinkedHashMap<String, Object>();
    act.put("sub", actors.getFirst());
    if (actors.size() > 1) act.put("act", act(actors.subList(1, actors.size())));
    return act;
  }

  Optional<AppToken> read(JWTClaimsSet claims) {
    try {
      var audience = claims.getAudience();
      var expires = claims.getExpirationTime();
      var sequence = claims.getLongClaim("seq");
      boolean whole =
          issuer.equals(claims.getIssuer())
              && audience.size() == 1
              && (audience.getFirst().startsWith(APP) || audience.getFirst().equals(issuer))
              && expires != null
              && sequence != null;
      if (!whole) return Optional.empty();
      return Optional.of(
          new AppToken(
              new SessionId(claims.getStringClaim("sid")),
              new SubjectId(claims.getSubject()),
              claims.getStringClaim("client_id"),
              Optional.of(audience.getFirst())
                  .filter(one -> one.startsWith(APP))
                  .map(one -> new AppId(one.substring(APP.length()))),
              List.of(claims.getStringClaim("scope").split(" ", -1)),
              binding(claims),
              actors(claims.getJSONObjectClaim("act")),
              sequence,
              expires.toInstant()));
    } catch (ParseException | RuntimeException e) { // whatever is wrong, it is no token
      return Optional.empty();
    }
  }

  private static Optional<TokenClaims.Binding> binding(JWTClaimsSet claims) throws ParseException {
    return claims.getClaim("cnf") == null
        ? Optional.empty()
        : Optional.of(TokenForm.binding(claims));
  }

  private static List<String> actors(@org.jspecify.annotations.Nullable Map<String, Object> act) {
    var actors = new ArrayList<String>();
    Object next = act;
    while (next instanceof Map<?, ?> one && actors.size() < MOST_ACTORS) {
      actors.add(String.valueOf(one.get("sub")));
      next = one.get("act");
    }
    return actors;
  }
}

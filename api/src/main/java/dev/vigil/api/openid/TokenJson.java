// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.openid.Grants;
import dev.vigil.admission.openid.LiveTokens;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What registered clients read, in the members of the standards.
final class TokenJson {

  private TokenJson() {}

  /// RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3, RFC 8693 section 2.2.1.
  ///
  /// @param issuedType the `issued_token_type` of an exchange; empty for other grants
  static Map<String, Object> of(Grants.Issued issued, String issuedType) {
    var body = new LinkedHashMap<String, Object>();
    body.put("access_token", issued.accessToken());
    body.put("token_type", issued.type());
    body.put("expires_in", issued.life().toSeconds());
    body.put("scope", String.join(" ", issued.scopes()));
    if (!issuedType.isEmpty()) body.put("issued_token_type", issuedType);
    issued.idToken().ifPresent(token -> body.put("id_token", token));
    issued
        .refreshToken()
        .ifPresent(
            token -> body.put("refresh_token", new String(token.reveal(), StandardCharsets.UTF_8)));
    return body;
  }

  /// RFC 7662 section 2.2, with `cnf` (RFC 8705 section 3.2, RFC 9449 section 6.2), `act` and how
  /// the person authenticated last (RFC 9470 section 6.2).
  static Map<String, Object> introspected(LiveTokens.Live live, String issuer) {
    var token = live.token();
    var body = new LinkedHashMap<String, Object>();
    body.put("active", true);
    body.put("iss", issuer);
    body.put("sub", token.subject().value());
    body.put("client_id", token.client());
    body.put("aud", token.app().map(app -> "urn:vigil:app:" + app.value()).orElse(issuer));
    body.put("scope", String.join(" ", token.scopes()));
    body.put("sid", token.session().value());
    body.put("exp", token.expiresAt().getEpochSecond());
    body.put("username", live.subject().userName());
    token
        .binding()
        .ifPresent(binding -> {
          body.put("token_type", binding instanceof TokenClaims.Binding.Key ? "DPoP" : "Bearer");
          body.put("cnf", confirmation(binding));
        });
    if (!token.actors().isEmpty()) body.put("act", act(token.actors()));
    if (!live.session().authentications().isEmpty()) {
      var last = live.session().authentications().getLast();
      body.put("auth_time", last.at().getEpochSecond());
      body.put("acr", last.strength().label());
    }
    return body;
  }

  private static Map<String, Object> confirmation(TokenClaims.Binding binding) {
    return switch (binding) {
      case TokenClaims.Binding.Certificate(Sha256 one) -> Map.of("x5t#S256", one.toString());
      case TokenClaims.Binding.Key(Sha256 one) -> Map.of("jkt", one.toString());
    };
  }

  private static Map<String, Object> act(List<String> actors) {
    var act = new LinkedHashMap<String, Object>();
    act.put("sub", actors.getFirst());
    if (actors.size() > 1) act.put("act", act(actors.subList(1, actors.size())));
    return act;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.access.AccessToken;
import dev.vigil.access.AccessTokens;
import dev.vigil.admission.TokenClaims;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.TimeSource;
import java.util.Optional;

/// Verifies the certificate-bound access tokens of the gateway (RFC 8705).
public final class GatewayTokens implements AccessTokens {

  private final KeyRing keys;
  private final Jwts jwts;
  private final TokenForm form;
  private final String audience;
  private final TimeSource time;

  /// @param audience the only `aud` that is taken
  public GatewayTokens(KeyRing keys, String issuer, String audience, TimeSource time) {
    this.keys = keys;
    this.jwts = new Jwts(keys, KeyPurpose.ACCESS_TOKENS, TokenForm.TYPE);
    this.form = new TokenForm(issuer);
    this.audience = audience;
    this.time = time;
  }

  @Override
  public Optional<AccessToken> verify(String compact) {
    return jwts.verify(compact, time.now())
        .flatMap(claims -> form.read(claims, audience))
        .flatMap(GatewayTokens::boundToCertificate);
  }

  private static Optional<AccessToken> boundToCertificate(TokenClaims claims) {
    return switch (claims.binding()) {
      case TokenClaims.Binding.Certificate(Sha256 thumbprint) ->
          Optional.of(
              new AccessToken(
                  claims.session(),
                  claims.subject(),
                  thumbprint,
                  claims.expiresAt(),
                  claims.sequence()));
      case TokenClaims.Binding.Key _ -> Optional.empty();
    };
  }

  @Override
  public long keyEpoch() {
    return keys.epoch();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.admission.ApiTokens;
import dev.vigil.admission.TokenClaims;
import dev.vigil.kernel.TimeSource;
import java.util.Optional;

/// Verifies the key-bound access tokens of the API (RFC 9449).
public final class KeyBoundTokens implements ApiTokens {

  private final Jwts jwts;
  private final TokenForm form;
  private final String audience;
  private final TimeSource time;

  /// @param audience the only `aud` that is taken
  public KeyBoundTokens(KeyRing keys, String issuer, String audience, TimeSource time) {
    this.jwts = new Jwts(keys, KeyPurpose.ACCESS_TOKENS, TokenForm.TYPE);
    this.form = new TokenForm(issuer);
    this.audience = audience;
    this.time = time;
  }

  @Override
  public Optional<TokenClaims> verify(String compact) {
    var now = time.now();
    return jwts.verify(compact, now)
        .flatMap(claims -> form.read(claims, audience))
        .filter(claims ->
            claims.binding() instanceof TokenClaims.Binding.Key
                && now.isBefore(claims.expiresAt()));
  }
}

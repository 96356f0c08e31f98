// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.admission.AccessTokenIssuer;
import dev.vigil.admission.TokenClaims;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import java.time.Duration;

/// Signs access tokens: RFC 9068, ES256, with a fresh `jti`.
public final class TokenIssuer implements AccessTokenIssuer {

  /// How long an access token lives unless configured otherwise.
  public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);

  private final Jwts jwts;
  private final TokenForm form;
  private final TimeSource time;
  private final Entropy entropy;

  /// @param issuer the issuer's URL, which never changes
  public TokenIssuer(KeyRing keys, String issuer, TimeSource time, Entropy entropy) {
    this.jwts = new Jwts(keys, KeyPurpose.ACCESS_TOKENS, TokenForm.TYPE);
    this.form = new TokenForm(issuer);
    this.time = time;
    this.entropy = entropy;
  }

  /// Signs.
  ///
  /// @throws IllegalArgumentException if it would outlive its key, an hour
  @Override
  public String issue(TokenClaims claims) {
    var now = time.now();
    if (claims.expiresAt().isAfter(now.plus(KeyRing.KEPT)))
      throw new IllegalArgumentException("an access token lives an hour at most");
    return jwts.sign(form.written(claims, now, Jwts.jti(entropy)));
  }

  /// The verification keys as a JWK Set in JSON.
  public String jwks() {
    return jwts.jwks(time.now());
  }
}

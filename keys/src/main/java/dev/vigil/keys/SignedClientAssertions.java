// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.admission.federation.ClientAssertions;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.util.Date;

/// Signs who we are for other providers' token endpoints (RFC 7523 section 3): ES256, a minute of
/// life, a fresh `jti`.
public final class SignedClientAssertions implements ClientAssertions {

  private static final Duration LIFE = Duration.ofMinutes(1);

  private final Jwts jwts;
  private final TimeSource time;
  private final Entropy entropy;

  public SignedClientAssertions(KeyRing keys, TimeSource time, Entropy entropy) {
    this.jwts = new Jwts(keys, KeyPurpose.CLIENT_ASSERTIONS, "JWT");
    this.time = time;
    this.entropy = entropy;
  }

  @Override
  public String assertion(String clientId, String audience) {
    var now = time.now();
    return jwts.sign(
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience(audience)
            .jwtID(Jwts.jti(entropy))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build());
  }

  /// The verification keys to register at providers, as a JWK Set in JSON.
  public String jwks() {
    return jwts.jwks(time.now());
  }
}

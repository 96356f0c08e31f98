// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vigil.access.IdentityAssertions;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.TimeSource;
import java.time.Instant;
import java.util.Date;

/// Signs the identity header for upstreams with its own key: one audience per app, no claims of the
/// request.
public final class SignedAssertions implements IdentityAssertions {

  private static final String TYPE = "vigil-identity+jwt";

  private final Jwts jwts;
  private final String issuer;
  private final TimeSource time;

  /// @param issuer the issuer's URL, which never changes
  public SignedAssertions(KeyRing keys, String issuer, TimeSource time) {
    this.jwts = new Jwts(keys, KeyPurpose.IDENTITY_ASSERTIONS, TYPE);
    this.issuer = issuer;
    this.time = time;
  }

  @Override
  public String sign(Bearer bearer, AppId audience, Instant now) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(bearer.subject().value())
            .audience(audience.value())
            .claim("sid", bearer.session().value())
            .claim("device", bearer.device().value())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(LIFETIME_SECONDS)));
    bearer.attestation().ifPresent(how -> claims.claim("device_attestation", how));
    return jwts.sign(claims.build());
  }

  /// The verification keys for upstreams, as a JWK Set in JSON.
  public String jwks() {
    return jwts.jwks(time.now());
  }
}

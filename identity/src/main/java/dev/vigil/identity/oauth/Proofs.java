// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Verifies proofs of a key (DPoP, RFC 9449 section 4.3): ES256 only, exactly this method and
/// address, at most a minute old, never twice.
public final class Proofs {

  private static final int LONGEST = 4096;
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

  private final SeenProofs seen;

  public Proofs(SeenProofs seen) {
    this.seen = seen;
  }

  /// What a proof must be about.
  ///
  /// @param target the request's address without query and fragment
  /// @param token the access token presented with it, if one is
  public record Expected(String method, String target, Optional<String> token) {}

  /// Checks a proof and remembers it.
  public Outcome<ProofOfKey> verify(String header, Expected expected, Instant now) {
    if (header.length() > LONGEST) return Outcome.refused(ProofRefusal.MALFORMED);
    try {
      var jwt = SignedJWT.parse(header);
      return key(jwt)
          .then(key -> signed(jwt, key))
          .then(key -> checked(claims(jwt), key, expected, now));
    } catch (ParseException | IllegalArgumentException e) {
      return Outcome.refused(ProofRefusal.MALFORMED);
    }
  }

  private static Outcome<ECKey> key(SignedJWT jwt) {
    var header = jwt.getHeader();
    if (!TYPE.equals(header.getType())) return Outcome.refused(ProofRefusal.TYPE);
    if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || header.getCriticalParams() != null)
      return Outcome.refused(ProofRefusal.ALGORITHM);
    return header.getJWK() instanceof ECKey key
            && Curve.P_256.equals(key.getCurve())
            && !key.isPrivate()
        ? Outcome.done(key)
        : Outcome.refused(ProofRefusal.KEY);
  }

  private static Outcome<ECKey> signed(SignedJWT jwt, ECKey key) {
    try {
      return jwt.verify(new ECDSAVerifier(key))
          ? Outcome.done(key)
          : Outcome.refused(ProofRefusal.SIGNATURE);
    } catch (JOSEException e) {
      return Outcome.refused(ProofRefusal.KEY);
    }
  }

  private static JWTClaimsSet claims(SignedJWT jwt) {
    try {
      return jwt.getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalArgumentException("the proof's claims cannot be read", e);
    }
  }

  private Outcome<ProofOfKey> checked(
      JWTClaimsSet claims, ECKey key, Expected expected, Instant now) {
    if (!expected.method().equals(claims.getClaim("htm")))
      return Outcome.refused(ProofRefusal.METHOD);
    if (!expected.target().equals(claims.getClaim("htu")))
      return Outcome.refused(ProofRefusal.TARGET);
    var issued = claims.getIssueTime();
    if (issued == null || Duration.between(issued.toInstant(), now).abs().compareTo(SKEW) > 0)
      return Outcome.refused(ProofRefusal.TIME);
    String id = claims.getJWTID();
    if (id == null || id.length() < 8 || id.length() > 128)
      return Outcome.refused(ProofRefusal.IDENTIFIER);
    var wantedToken =
        expected
            .token()
            .map(token -> Sha256.of(token.getBytes(StandardCharsets.US_ASCII)).toString());
    if (wantedToken.isPresent() && !Objects.equals(wantedToken.get(), claims.getClaim("ath")))
      return Outcome.refused(ProofRefusal.TOKEN);
    return once(
        new ProofOfKey(
            thumbprint(key), key.toPublicJWK().toJSONString(), issued.toInstant(), nonce(claims)),
        id,
        now);
  }

  private static Optional<String> nonce(JWTClaimsSet claims) {
    return claims.getClaim("nonce") instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private Outcome<ProofOfKey> once(ProofOfKey proof, String id, Instant now) {
    var digest = Sha256.of((proof.key() + " " + id).getBytes(StandardCharsets.UTF_8));
    var forgetAt = now.plus(SKEW).plus(SKEW);
    return seen.first(digest, proof.issuedAt(), forgetAt, now)
        ? Outcome.done(proof)
        : Outcome.refused(ProofRefusal.REPLAYED);
  }

  private static Sha256 thumbprint(ECKey key) {
    try {
      return Sha256.parse(key.computeThumbprint().toString());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

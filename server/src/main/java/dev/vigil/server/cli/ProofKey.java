// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/// The key of this command line, and its proofs (RFC 9449 section 4.2).
record ProofKey(ECKey key, Entropy entropy) {

  /// A new key on P-256.
  static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /// A proof for one request.
  String proof(
      String method, URI address, Instant now, Optional<String> token, Optional<String> nonce) {
    var claims =
        new JWTClaimsSet.Builder()
            .jwtID(Bytes.of(entropy.bytes(16)).toString())
            .claim("htm", method)
            .claim(
                "htu",
                address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath())
            .issueTime(Date.from(now));
    token.ifPresent(value ->
        claims.claim("ath", Sha256.of(value.getBytes(StandardCharsets.US_ASCII)).toString()));
    nonce.ifPresent(value -> claims.claim("nonce", value));
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    var jwt = new SignedJWT(header, claims.build());
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the kept key cannot sign", e);
    }
    return jwt.serialize();
  }

  @Override
  public String toString() {
    return "ProofKey(hidden)";
  }
}

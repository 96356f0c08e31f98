// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.acme.AttestationVerifier;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.SignalName;
import dev.vigil.posture.attestation.AttestationFormat;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TrustRoot;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A maker of phones that exists in tests only: its statements are tokens that say what Apple's
/// would, over the SHA-256 of the challenge's token.
final class Maker implements AttestationVerifier {

  private final ECKey root;
  volatile boolean reachable = true;

  Maker() {
    try {
      root = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /// What a phone sends for its key.
  Bytes vouch(ECPublicKey key, String token, String serial) {
    try {
      var claims =
          new JWTClaimsSet.Builder()
              .claim("nonce", digest(token))
              .claim("serial", serial)
              .claim(
                  "key",
                  new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key)
                      .build()
                      .toJSONString())
              .build();
      var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
      jwt.sign(new ECDSASigner(root));
      return Bytes.of(jwt.serialize().getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String digest(String token) {
    return Sha256.of(token.getBytes(StandardCharsets.US_ASCII)).toString();
  }

  @Override
  public Outcome<Attested> verify(Statement statement, Instant now) {
    if (!reachable) return Outcome.refused(AttestationRefusal.REVOCATION_UNKNOWN);
    try {
      var jwt =
          SignedJWT.parse(new String(statement.object().toArray(), StandardCharsets.US_ASCII));
      if (!jwt.verify(new ECDSAVerifier(root.toPublicJWK())))
        return Outcome.refused(AttestationRefusal.SIGNATURE_WRONG);
      var claims = jwt.getJWTClaimsSet();
      if (!digest(statement.token()).equals(claims.getStringClaim("nonce")))
        return Outcome.refused(AttestationRefusal.CHALLENGE_MISMATCH);
      return Outcome.done(
          new Attested(
              AttestationFormat.APPLE,
              TrustRoot.TEST,
              Optional.of(ECKey.parse(claims.getStringClaim("key")).toECPublicKey()),
              Map.of(SignalName.OS_VERSION, "26.1"),
              Map.of("serial_number", claims.getStringClaim("serial"))));
    } catch (ParseException | JOSEException e) {
      return Outcome.refused(AttestationRefusal.MALFORMED);
    }
  }
}

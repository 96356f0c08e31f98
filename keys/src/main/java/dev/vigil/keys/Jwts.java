// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.pki.SigningKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// JWTs of one purpose: ES256, one type, a known `kid`, and nothing else in the header (RFC 8725).
final class Jwts {

  private static final int LONGEST = 4096;
  private static final int SIGNATURE_BYTES = 64;
  private static final int JTI_BYTES = 16;
  private static final Set<String> HEADER = Set.of("alg", "typ", "kid");

  private final KeyRing keys;
  private final KeyPurpose purpose;
  private final JOSEObjectType type;

  Jwts(KeyRing keys, KeyPurpose purpose, String type) {
    this.keys = keys;
    this.purpose = purpose;
    this.type = new JOSEObjectType(type);
  }

  /// A fresh `jti` of 128 random bits.
  static String jti(Entropy entropy) {
    return Bytes.of(entropy.bytes(JTI_BYTES)).toString();
  }

  String sign(JWTClaimsSet claims) {
    var key = keys.current(purpose);
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.kid()).build(), claims);
    try {
      jwt.sign(new PortSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a token of our own cannot be signed", e);
    }
    return jwt.serialize();
  }

  /// The claims, if type, key and signature are right; nothing of the claims has been judged.
  Optional<JWTClaimsSet> verify(String compact, Instant now) {
    if (compact.length() > LONGEST) return Optional.empty();
    try {
      var jwt = SignedJWT.parse(compact);
      var header = jwt.getHeader();
      boolean fits =
          JWSAlgorithm.ES256.equals(header.getAlgorithm())
              && type.equals(header.getType())
              && header.getIncludedParams().equals(HEADER);
      if (!fits) return Optional.empty();
      var key = Optional.ofNullable(keys.verifying(purpose, now).get(header.getKeyID()));
      if (key.isEmpty() || !jwt.verify(new ECDSAVerifier(key.get()))) return Optional.empty();
      return Optional.of(jwt.getJWTClaimsSet());
    } catch (ParseException
        | JOSEException
        | RuntimeException e) { // hostile input; whatever is wrong, it is no token
      return Optional.empty();
    }
  }

  /// The verification keys as a JWK Set in JSON (RFC 7517 section 5).
  String jwks(Instant now) {
    return jwks(keys, now, purpose);
  }

  /// The verification keys of several purposes.
  static String jwks(KeyRing keys, Instant now, KeyPurpose... purposes) {
    List<JWK> all =
        Arrays.stream(purposes)
            .flatMap(purpose -> keys.verifying(purpose, now).entrySet().stream())
            .<JWK>map(one -> jwk(one.getKey(), one.getValue()))
            .toList();
    return new JWKSet(all).toString(true);
  }

  private static ECKey jwk(String kid, ECPublicKey key) {
    return new ECKey.Builder(Curve.P_256, key)
        .keyID(kid)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.ES256)
        .build();
  }

  /// Signs through the one signing port, so that keys may live anywhere.
  private static final class PortSigner extends BaseJWSProvider implements JWSSigner {
    private final SigningKey key;

    PortSigner(SigningKey key) {
      super(Set.of(JWSAlgorithm.ES256));
      this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] content) throws JOSEException {
      return Base64URL.encode(ECDSA.transcodeSignatureToConcat(key.sign(content), SIGNATURE_BYTES));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every check of RFC 9449 section 4.3, failed once.
class ProofsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String TARGET = "https://localhost:8443/oauth/token";

  private final Proofs proofs = new Proofs(new SeenProofs(NOON.minusSeconds(600)));
  private final ECKey key = generate(Curve.P_256);

  private static ECKey generate(Curve curve) {
    try {
      return new ECKeyGenerator(curve).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWSHeader.Builder header(JWK jwk) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt")).jwk(jwk);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .claim("htm", "POST")
        .claim("htu", TARGET)
        .issueTime(Date.from(NOON))
        .jwtID("identifier-1");
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private String proof(JWTClaimsSet.Builder claims) throws Exception {
    return signed(header(key.toPublicJWK()).build(), claims.build(), new ECDSASigner(key));
  }

  private Outcome<ProofOfKey> verify(String proof) {
    return proofs.verify(proof, new Proofs.Expected("POST", TARGET, Optional.empty()), NOON);
  }

  private void refused(String proof, Refusal expected) {
    var outcome = verify(proof);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<ProofOfKey>) outcome).refusal()).isEqualTo(expected);
  }

  @Test
  void a_good_proof_names_its_key_once() throws Exception {
    String proof = proof(claims());
    assertThat(verify(proof))
        .isEqualTo(
            Outcome.done(
                new ProofOfKey(
                    Sha256.parse(key.computeThumbprint().toString()),
                    key.toPublicJWK().toJSONString(),
                    NOON,
                    Optional.empty())));
    refused(proof, ProofRefusal.REPLAYED);
  }

  @Test
  void unsigned_and_symmetric_proofs_are_refused() throws Exception {
    refused(new PlainJWT(claims().build()).serialize(), ProofRefusal.MALFORMED);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"dpop+jwt\"}".getBytes(StandardCharsets.UTF_8));
    refused(none + "." + proof(claims()).split("\\.")[1] + ".", ProofRefusal.MALFORMED);
    var hs =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    refused(signed(hs, claims().build(), new MACSigner(new byte[32])), ProofRefusal.ALGORITHM);
  }

  @Test
  void other_key_types_curves_and_private_keys_are_refused() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    var rs =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(rsa.toPublicJWK())
            .build();
    refused(signed(rs, claims().build(), new RSASSASigner(rsa)), ProofRefusal.ALGORITHM);
    refused(
        signed(header(rsa.toPublicJWK()).build(), claims().build(), new ECDSASigner(key)),
        ProofRefusal.KEY);
    refused(
        signed(
            header(generate(Curve.P_384).toPublicJWK()).build(),
            claims().build(),
            new ECDSASigner(key)),
        ProofRefusal.KEY);
    String withPrivate =
        "{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\",\"jwk\":" + key.toJSONString() + "}";
    refused(
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(withPrivate.getBytes(StandardCharsets.UTF_8))
            + "."
            + proof(claims()).split("\\.")[1]
            + ".AAAA",
        ProofRefusal.MALFORMED);
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt")).build(),
            claims().build(),
            new ECDSASigner(key)),
        ProofRefusal.KEY);
  }

  @Test
  void a_signature_by_another_key_is_refused() throws Exception {
    refused(
        signed(
            header(generate(Curve.P_256).toPublicJWK()).build(),
            claims().build(),
            new ECDSASigner(key)),
        ProofRefusal.SIGNATURE);
  }

  @Test
  void another_type_method_address_time_or_no_identifier_is_refused() throws Exception {
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .jwk(key.toPublicJWK())
                .build(),
            claims().build(),
            new ECDSASigner(key)),
        ProofRefusal.TYPE);
    refused(proof(claims().claim("htm", "GET")), ProofRefusal.METHOD);
    refused(proof(claims().claim("htm", "post")), ProofRefusal.METHOD);
    refused(proof(claims().claim("htu", "https://localhost:8443/oauth/par")), ProofRefusal.TARGET);
    refused(proof(claims().claim("htu", TARGET + "?x=1")), ProofRefusal.TARGET);
    refused(proof(claims().issueTime(Date.from(NOON.minusSeconds(61)))), ProofRefusal.TIME);
    refused(proof(claims().issueTime(Date.from(NOON.plusSeconds(61)))), ProofRefusal.TIME);
    refused(proof(claims().issueTime(null)), ProofRefusal.TIME);
    refused(proof(claims().jwtID(null)), ProofRefusal.IDENTIFIER);
    refused(proof(claims().jwtID("short")), ProofRefusal.IDENTIFIER);
    refused("x".repeat(5000), ProofRefusal.MALFORMED);
    refused("a.b.c", ProofRefusal.MALFORMED);
  }

  @Test
  void a_token_must_be_the_one_the_proof_was_made_for() throws Exception {
    var expected = new Proofs.Expected("POST", TARGET, Optional.of("token-a"));
    String right = Sha256.of("token-a".getBytes(StandardCharsets.US_ASCII)).toString();
    assertThat(proofs.verify(proof(claims().claim("ath", right)), expected, NOON))
        .isInstanceOf(Outcome.Done.class);
    var other =
        proofs.verify(
            proof(claims().jwtID("identifier-2").claim("ath", Sha256.of(new byte[1]).toString())),
            expected,
            NOON);
    assertThat(other).isEqualTo(Outcome.refused(ProofRefusal.TOKEN));
    assertThat(proofs.verify(proof(claims().jwtID("identifier-3")), expected, NOON))
        .isEqualTo(Outcome.refused(ProofRefusal.TOKEN));
  }

  @Test
  void proofs_from_before_the_memory_began_are_refused() throws Exception {
    var fresh = new Proofs(new SeenProofs(NOON));
    assertThat(
            fresh.verify(
                proof(claims().issueTime(Date.from(NOON.minusSeconds(30)))),
                new Proofs.Expected("POST", TARGET, Optional.empty()),
                NOON))
        .isEqualTo(Outcome.refused(ProofRefusal.REPLAYED));
  }
}

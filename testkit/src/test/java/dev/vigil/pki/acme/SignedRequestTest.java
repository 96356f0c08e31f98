// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Requests as ACME clients sign them, and broken ones.
class SignedRequestTest {

  private static final String URL = "https://vigil.example/acme/new-account";

  private final ECKey key = generated();

  private static ECKey generated() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private String signed(String payload) throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .jwk(key.toPublicJWK())
            .customParam("nonce", "n")
            .customParam("url", URL)
            .build();
    var jws = new JWSObject(header, new Payload(payload));
    jws.sign(new ECDSASigner(key));
    return flattened(
        jws.getHeader().toBase64URL().toString(),
        jws.getPayload().toBase64URL().toString(),
        jws.getSignature().toString());
  }

  private static String flattened(String header, String payload, String signature) {
    return "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
        .formatted(header, payload, signature);
  }

  private static Outcome<SignedRequest> read(String text) {
    return SignedRequest.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Outcome<Bytes> verified(String text) {
    return read(text)
        .then(request ->
            request.signer() instanceof SignedRequest.Signer.Key(AccountKey key)
                ? request.verify(key)
                : Outcome.refused(AcmeRefusal.MALFORMED));
  }

  @Test
  void a_request_is_verified_with_the_key_in_it() throws Exception {
    assertThat(verified(signed("{}")))
        .isEqualTo(Outcome.done(Bytes.of("{}".getBytes(StandardCharsets.UTF_8))));
    assertThat(verified(signed(""))).isEqualTo(Outcome.done(Bytes.of(new byte[0])));
  }

  private static void refused(String header, AcmeRefusal with) {
    var text = flattened(Base64URL.encode(header).toString(), "e30", "AAAA");
    assertThat(verified(text))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refusal -> assertThat(refusal.refusal()).isEqualTo(with));
  }

  @Test
  void keys_that_are_weak_secret_or_of_another_kind_are_refused() throws Exception {
    String rest = ",\"nonce\":\"n\",\"url\":\"" + URL + "\"}";
    var weak = new RSAKeyGenerator(1024, true).generate().toPublicJWK();
    refused("{\"alg\":\"RS256\",\"jwk\":" + weak + rest, AcmeRefusal.KEY);
    var other = new ECKeyGenerator(Curve.P_521).generate().toPublicJWK();
    refused("{\"alg\":\"ES256\",\"jwk\":" + other + rest, AcmeRefusal.KEY);
    refused(
        "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}" + rest,
        AcmeRefusal.MALFORMED);
    refused("{\"alg\":\"ES256\",\"jwk\":" + key.toJSONString() + rest, AcmeRefusal.MALFORMED);
    refused("{\"alg\":\"HS256\",\"jwk\":" + key.toPublicJWK() + rest, AcmeRefusal.ALGORITHM);
    refused("{\"alg\":\"none\",\"jwk\":" + key.toPublicJWK() + rest, AcmeRefusal.ALGORITHM);
    refused("{\"alg\":\"ES256\"" + rest, AcmeRefusal.MALFORMED);
    refused(
        "{\"alg\":\"ES256\",\"kid\":\"x\",\"jwk\":" + key.toPublicJWK() + rest,
        AcmeRefusal.MALFORMED);
    refused(
        "{\"alg\":\"ES256\",\"crit\":[\"url\"],\"jwk\":" + key.toPublicJWK() + rest,
        AcmeRefusal.MALFORMED);
    refused("null", AcmeRefusal.MALFORMED);
  }

  @Test
  void a_request_with_one_character_changed_says_the_same_or_nothing() throws Exception {
    var random = new Random(7);
    String text = signed("{\"onlyReturnExisting\":true}");
    var said = verified(text);
    assertThat(said).isInstanceOf(Outcome.Done.class);
    for (int i = 0; i < 2_000; i++) {
      var changed = new StringBuilder(text);
      changed.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
      if (verified(changed.toString()) instanceof Outcome.Done<Bytes> done)
        assertThat(done).isEqualTo(said);
    }
    for (int length = 0; length < text.length(); length += 7)
      assertThat(verified(text.substring(0, length))).isInstanceOf(Outcome.Refused.class);
  }
}

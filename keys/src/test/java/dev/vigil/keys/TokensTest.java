// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.access.AccessToken;
import dev.vigil.access.IdentityAssertions;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.TokenClaims.Binding;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which tokens are believed; each attack changes one thing of a good token.
class TokensTest {

  private static final String ISSUER = "https://vigil.bank.example";
  private static final String GATEWAY = "https://gateway.bank.example";
  private static final String API = "https://vigil.bank.example/api";

  @TempDir private static Path data;

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(6);
  private final Sha256 thumbprint = Sha256.of(new byte[] {7});
  private final SessionId session = SessionId.random(entropy);
  private final SubjectId subject = SubjectId.random(entropy);
  private final KeyRing keys = open();
  private final TokenIssuer issuer = new TokenIssuer(keys, ISSUER, time, entropy);
  private final GatewayTokens gateway = new GatewayTokens(keys, ISSUER, GATEWAY, time);
  private final KeyBoundTokens api = new KeyBoundTokens(keys, ISSUER, API, time);

  private KeyRing open() {
    var password = Secret.of("a password from outside".getBytes(StandardCharsets.UTF_8));
    var opened =
        KeyRing.open(
            data.resolve("keys"),
            password,
            new Founding("Test", List.of("127.0.0.1")),
            time,
            entropy);
    if (opened instanceof Outcome.Done<KeyRing>(KeyRing ring)) return ring;
    throw new AssertionError("it did not open");
  }

  private TokenClaims claims(String audience, Binding binding) {
    return new TokenClaims(
        session,
        subject,
        "bank-app",
        audience,
        binding,
        42,
        time.now().plus(TokenIssuer.DEFAULT_LIFETIME));
  }

  private String good() {
    return issuer.issue(claims(GATEWAY, new Binding.Certificate(thumbprint)));
  }

  @Test
  void a_token_is_a_handle_to_its_session_bound_to_a_certificate() throws Exception {
    assertThat(gateway.verify(good()))
        .contains(new AccessToken(session, subject, thumbprint, time.now().plusSeconds(300), 42));
    var jwt = SignedJWT.parse(good());
    assertThat(jwt.getHeader().toJSONObject().keySet())
        .containsExactlyInAnyOrder("alg", "typ", "kid");
    assertThat(jwt.getJWTClaimsSet().getClaims().keySet())
        .containsExactlyInAnyOrder(
            "iss", "sub", "aud", "exp", "iat", "jti", "client_id", "sid", "seq", "cnf");
  }

  @Test
  void a_token_for_the_api_is_bound_to_a_key_and_expires() {
    var claims = claims(API, new Binding.Key(thumbprint));
    var token = issuer.issue(claims);
    assertThat(api.verify(token)).contains(claims);
    time.pass(Duration.ofMinutes(5));
    assertThat(api.verify(token)).isEmpty();
  }

  @Test
  void tokens_of_one_door_do_not_open_the_other() {
    assertThat(api.verify(good())).isEmpty();
    assertThat(gateway.verify(issuer.issue(claims(API, new Binding.Key(thumbprint))))).isEmpty();
    assertThat(gateway.verify(issuer.issue(claims(GATEWAY, new Binding.Key(thumbprint)))))
        .as("not bound to a certificate")
        .isEmpty();
    assertThat(api.verify(issuer.issue(claims(API, new Binding.Certificate(thumbprint)))))
        .as("not bound to a key")
        .isEmpty();
    assertThat(new GatewayTokens(keys, "https://other.example", GATEWAY, time).verify(good()))
        .as("another issuer")
        .isEmpty();
  }

  @Test
  void a_token_that_lives_too_long_is_not_made() {
    var claims =
        new TokenClaims(
            session,
            subject,
            "bank-app",
            GATEWAY,
            new Binding.Certificate(thumbprint),
            1,
            time.now().plusSeconds(3601));
    assertThatThrownBy(() -> issuer.issue(claims)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_token_changed_anywhere_is_refused() {
    var good = good();
    for (int i = 0; i < good.length() - 1; i++) {
      if (good.charAt(i) == '.' || (i + 1 < good.length() && good.charAt(i + 1) == '.')) continue;
      var bad = good.substring(0, i) + (good.charAt(i) == 'A' ? 'B' : 'A') + good.substring(i + 1);
      assertThat(gateway.verify(bad)).as("letter " + i).isEmpty();
    }
  }

  @Test
  void what_is_no_token_is_refused() {
    for (var bad :
        List.of(
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            "x".repeat(5000),
            good() + "." + good(),
            good().substring(0, good().lastIndexOf('.') + 1),
            "\u0000",
            "e30.e30.")) {
      assertThat(gateway.verify(bad)).as(bad).isEmpty();
    }
  }

  private JWTClaimsSet goodClaims() throws Exception {
    return SignedJWT.parse(good()).getJWTClaimsSet();
  }

  private JWSHeader.Builder goodHeader() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(new JOSEObjectType("at+jwt"))
        .keyID(keys.current(KeyPurpose.ACCESS_TOKENS).kid());
  }

  private JWSSigner realKey() throws Exception {
    return new ECDSASigner(keys.current(KeyPurpose.ACCESS_TOKENS).privateKey(), Curve.P_256);
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  @Test
  void an_unsigned_token_is_refused() throws Exception {
    assertThat(gateway.verify(new PlainJWT(goodClaims()).serialize())).isEmpty();
  }

  @Test
  void a_token_signed_with_the_public_key_as_a_password_is_refused() throws Exception {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(keys.current(KeyPurpose.ACCESS_TOKENS).kid())
            .build();
    var secret = keys.current(KeyPurpose.ACCESS_TOKENS).publicKey().getEncoded();
    assertThat(gateway.verify(signed(header, goodClaims(), new MACSigner(secret)))).isEmpty();
  }

  @Test
  void a_token_that_brings_its_own_key_is_refused() throws Exception {
    var mine = SoftwareKey.generate();
    var jwk = new ECKey.Builder(Curve.P_256, mine.publicKey()).build();
    var signer = new ECDSASigner(mine.privateKey(), Curve.P_256);
    assertThat(gateway.verify(signed(goodHeader().jwk(jwk).build(), goodClaims(), signer)))
        .isEmpty();
    assertThat(gateway.verify(signed(goodHeader().build(), goodClaims(), signer))).isEmpty();
    assertThat(
            gateway.verify(
                signed(
                    goodHeader().keyID(mine.thumbprint().toString()).build(),
                    goodClaims(),
                    signer)))
        .isEmpty();
  }

  @Test
  void a_header_with_anything_more_or_less_is_refused_though_the_right_key_signed()
      throws Exception {
    assertThat(gateway.verify(signed(goodHeader().build(), goodClaims(), realKey())))
        .as("the control")
        .isPresent();
    var jwk =
        new ECKey.Builder(Curve.P_256, keys.current(KeyPurpose.ACCESS_TOKENS).publicKey()).build();
    for (var header :
        List.of(
            goodHeader().jwk(jwk).build(),
            goodHeader().jwkURL(java.net.URI.create("https://evil.example/jwks")).build(),
            goodHeader().customParam("x", "y").build(),
            goodHeader().type(new JOSEObjectType("JWT")).build(),
            goodHeader().type(null).build(),
            goodHeader().keyID(null).build(),
            goodHeader().keyID("unknown").build())) {
      assertThat(gateway.verify(signed(header, goodClaims(), realKey())))
          .as(header.toString())
          .isEmpty();
    }
  }

  @Test
  void claims_with_anything_missing_or_strange_are_refused_though_the_right_key_signed()
      throws Exception {
    for (var name : List.of("iss", "sub", "aud", "exp", "client_id", "sid", "seq", "cnf")) {
      assertThat(
              gateway.verify(
                  signed(
                      goodHeader().build(),
                      new JWTClaimsSet.Builder(goodClaims()).claim(name, null).build(),
                      realKey())))
          .as(name)
          .isEmpty();
    }
    Map<String, Object> strange =
        Map.of(
            "sub",
            "alice",
            "sid",
            "ses_x",
            "aud",
            List.of(GATEWAY, API),
            "seq",
            "many",
            "cnf",
            Map.of("x5t#S256", thumbprint.toString(), "jkt", thumbprint.toString()),
            "iss",
            ISSUER + "/");
    for (var one : strange.entrySet()) {
      var claims =
          new JWTClaimsSet.Builder(goodClaims()).claim(one.getKey(), one.getValue()).build();
      assertThat(gateway.verify(signed(goodHeader().build(), claims, realKey())))
          .as(one.getKey())
          .isEmpty();
    }
  }

  @Test
  void an_identity_assertion_is_no_access_token_and_the_other_way_round() throws Exception {
    var assertions = new SignedAssertions(keys, ISSUER, time);
    var bearer =
        new IdentityAssertions.Bearer(
            subject, session, DeviceId.random(entropy), Optional.of("test root"));
    assertThat(gateway.verify(assertions.sign(bearer, new AppId("loans"), time.now()))).isEmpty();
    var key =
        JWKSet.parse(assertions.jwks())
            .getKeyByKeyId(SignedJWT.parse(good()).getHeader().getKeyID());
    assertThat(key).as("no key of access tokens among those of assertions").isNull();
  }

  @Test
  void an_identity_assertion_says_who_for_one_app_and_one_minute() throws Exception {
    var assertions = new SignedAssertions(keys, ISSUER, time);
    var bearer =
        new IdentityAssertions.Bearer(
            subject, session, DeviceId.random(entropy), Optional.of("test root"));
    var jwt = SignedJWT.parse(assertions.sign(bearer, new AppId("loans"), time.now()));
    var key = JWKSet.parse(assertions.jwks()).getKeyByKeyId(jwt.getHeader().getKeyID());
    assertThat(jwt.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly("loans");
    assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo(subject.value());
    assertThat(jwt.getJWTClaimsSet().getClaim("device_attestation")).isEqualTo("test root");
    assertThat(jwt.getJWTClaimsSet().getExpirationTime())
        .isEqualTo(Date.from(time.now().plusSeconds(60)));
  }

  @Test
  void the_published_keys_are_public_only() throws Exception {
    for (var json : List.of(issuer.jwks(), new SignedAssertions(keys, ISSUER, time).jwks())) {
      assertThat(JWKSet.parse(json).getKeys())
          .isNotEmpty()
          .allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
          });
    }
  }

  @Test
  void after_rotation_old_tokens_verify_until_they_expire_unless_the_key_is_distrusted() {
    var old = good();
    keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES);
    assertThat(gateway.verify(old)).isPresent();
    assertThat(gateway.verify(good())).isPresent();
    long epoch = gateway.keyEpoch();
    keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.DISTRUSTED);
    assertThat(gateway.keyEpoch()).isNotEqualTo(epoch);
    assertThat(gateway.verify(old)).isEmpty();
    assertThat(gateway.verify(good())).isPresent();
  }
}

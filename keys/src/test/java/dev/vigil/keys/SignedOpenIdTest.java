// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.admission.ClientsView.LogoutNotice;
import dev.vigil.admission.TokenClaims;
import dev.vigil.admission.openid.OpenIdTokens.AppToken;
import dev.vigil.admission.openid.OpenIdTokens.How;
import dev.vigil.admission.openid.OpenIdTokens.IdToken;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.SeededEntropy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What registered clients get is signed with its own keys, and is worth nothing anywhere else.
class SignedOpenIdTest {

  private static final String ISSUER = "https://vigil.bank.example";

  @TempDir private Path data;

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(9);
  private final SubjectId alice = SubjectId.random(entropy);
  private final SessionId session = SessionId.random(entropy);

  private KeyRing open() {
    var password = Secret.of("a password from outside".getBytes(StandardCharsets.UTF_8));
    var founding = new Founding("Test Bank", List.of("vigil.bank.example"));
    return switch (KeyRing.open(data.resolve("keys"), password, founding, time, entropy)) {
      case Outcome.Done<KeyRing>(KeyRing ring) -> ring;
      case Outcome.Refused<KeyRing> refused -> throw new AssertionError(refused.refusal().code());
    };
  }

  private SignedOpenId signing(KeyRing keys) {
    return new SignedOpenId(keys, ISSUER, time, entropy);
  }

  private AppToken access() {
    return new AppToken(
        session,
        alice,
        "payroll",
        Optional.of(new AppId("payroll")),
        List.of("openid", "profile"),
        Optional.of(new TokenClaims.Binding.Key(Sha256.of(new byte[] {1}))),
        List.of("backend", "front"),
        7,
        time.now().plusSeconds(300));
  }

  private IdToken id() {
    return new IdToken(
        alice,
        "payroll",
        session,
        Optional.of("its-nonce"),
        new How(time.now(), Strength.PASSKEY, Set.of("user", "hwk")),
        Map.of("name", "Alice"));
  }

  private static ECKey key(SignedOpenId tokens, SignedJWT jwt) throws Exception {
    return Objects.requireNonNull(
            JWKSet.parse(tokens.jwks()).getKeyByKeyId(jwt.getHeader().getKeyID()))
        .toECKey();
  }

  @Test
  void an_id_token_says_who_when_and_how() throws Exception {
    var tokens = signing(open());
    var jwt = SignedJWT.parse(tokens.idToken(id(), "an-access-token"));
    assertThat(jwt.verify(new ECDSAVerifier(key(tokens, jwt)))).isTrue();
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    var claims = jwt.getJWTClaimsSet();
    assertThat(claims.getClaims())
        .containsEntry("iss", ISSUER)
        .containsEntry("sub", alice.value())
        .containsEntry("azp", "payroll")
        .containsEntry("nonce", "its-nonce")
        .containsEntry("sid", session.value())
        .containsEntry("acr", "passkey")
        .containsEntry("auth_time", time.now().getEpochSecond())
        .containsEntry("amr", List.of("hwk", "user"))
        .containsKeys("exp", "iat", "at_hash");
    assertThat(claims.getAudience()).containsExactly("payroll");
  }

  @Test
  void an_access_token_comes_back_as_it_was_written() {
    var tokens = signing(open());
    assertThat(tokens.appToken(tokens.accessToken(access()))).contains(access());
    String text = tokens.accessToken(access());
    time.pass(Duration.ofMinutes(5));
    assertThat(tokens.appToken(text)).isEmpty();
  }

  @Test
  void no_kind_of_token_passes_for_another() {
    var keys = open();
    var tokens = signing(keys);
    var notice =
        new LogoutNotice(
            "a-notice-id", "payroll", "https://x.example/", alice, session, 0, time.now());
    String id = tokens.idToken(id(), "x");
    String access = tokens.accessToken(access());
    String logout = tokens.logoutToken(notice);
    var api = new KeyBoundTokens(keys, ISSUER, "vigil-api", time);
    var gateway = new GatewayTokens(keys, ISSUER, "vigil-gateway", time);
    for (var text : List.of(id, access, logout)) {
      assertThat(api.verify(text)).isEmpty();
      assertThat(gateway.verify(text)).isEmpty();
    }
    assertThat(tokens.appToken(id)).isEmpty();
    assertThat(tokens.appToken(logout)).isEmpty();
    assertThat(tokens.hint(access)).isEmpty();
    assertThat(tokens.hint(logout)).isEmpty();
    assertThat(tokens.hint(id)).isPresent();
  }

  @Test
  void a_forged_hint_is_none() throws Exception {
    var tokens = signing(open());
    var real = SignedJWT.parse(tokens.idToken(id(), "x"));
    var mine = new ECKeyGenerator(Curve.P_256).generate();
    var forged =
        new SignedJWT(
            new JWSHeader.Builder(real.getHeader()).jwk(mine.toPublicJWK()).build(),
            real.getJWTClaimsSet());
    forged.sign(new ECDSASigner(mine));
    assertThat(tokens.hint(forged.serialize())).isEmpty();
    assertThat(tokens.hint(new PlainJWT(real.getJWTClaimsSet()).serialize())).isEmpty();
    assertThat(tokens.hint("")).isEmpty();
  }

  @Test
  void a_rotated_key_verifies_on_and_a_compromised_one_does_not() throws Exception {
    var keys = open();
    var tokens = signing(keys);
    String access = tokens.accessToken(access());
    String id = tokens.idToken(id(), access);
    assertThat(keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.STILL_VERIFIES))
        .isInstanceOf(Outcome.Done.class);
    assertThat(tokens.appToken(access)).isPresent();
    assertThat(JWKSet.parse(tokens.jwks()).getKeys()).hasSize(3);
    // The runbook of docs/openid.md: whoever stole the key signs nothing that counts any more.
    keys.rotate(KeyPurpose.ACCESS_TOKENS, KeyRing.Old.DISTRUSTED);
    keys.rotate(KeyPurpose.ID_TOKENS, KeyRing.Old.DISTRUSTED);
    assertThat(tokens.appToken(access)).isEmpty();
    assertThat(tokens.hint(id)).isEmpty();
    assertThat(JWKSet.parse(tokens.jwks()).getKeys()).hasSize(2);
    assertThat(tokens.appToken(tokens.accessToken(access()))).isPresent();
    assertThat(signing(open()).hint(id)).isEmpty();
  }
}

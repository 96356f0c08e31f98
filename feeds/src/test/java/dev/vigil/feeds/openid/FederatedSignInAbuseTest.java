// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Sign-in through other providers, as an attacker would have it: every attempt is refused and
/// leaves an event.
class FederatedSignInAbuseTest extends FederationScene {

  private void tokenRefused(Function<Leg, String> token, String code) {
    var leg = start("bank");
    bank.idToken = () -> token.apply(leg);
    refused(finish("bank", leg), code);
  }

  private void claimsRefused(UnaryOperator<JWTClaimsSet.Builder> with, String code) {
    tokenRefused(leg -> bank.signed(with.apply(claims(bank, leg, "alice")).build()), code);
  }

  private JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(JOSEObjectType.JWT)
        .keyID(bank.key.getKeyID());
  }

  @Test
  void a_token_without_signature_is_refused() {
    tokenRefused(
        leg -> new PlainJWT(claims(bank, leg, "alice").build()).serialize(),
        "federation.algorithm");
  }

  @Test
  void a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() {
    tokenRefused(
        leg -> {
          try {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(bank.key.getKeyID());
            var jwt = new SignedJWT(header.build(), claims(bank, leg, "alice").build());
            byte[] known = bank.key.toECPublicKey().getEncoded();
            jwt.sign(new MACSigner(Arrays.copyOf(known, 64)));
            return jwt.serialize();
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
        },
        "federation.algorithm");
  }

  @Test
  void a_key_that_comes_with_the_token_is_not_believed() throws Exception {
    var stranger = TestProvider.newKey("stranger");
    bank.key = stranger;
    var headers =
        List.of(
            header().jwk(stranger.toPublicJWK()).build(),
            header().jwkURL(URI.create(bank.issuer + "/keys")).build(),
            header().x509CertURL(URI.create(bank.issuer + "/certificate")).build(),
            header().x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA"))).build());
    for (var header : headers)
      tokenRefused(
          leg -> bank.signed(header, claims(bank, leg, "alice").build()), "federation.header");
  }

  @Test
  void a_strangers_key_is_refused_and_a_flood_of_unknown_keys_fetches_once() {
    signIn("bank", "alice");
    bank.key = TestProvider.newKey("stranger");
    time.pass(Duration.ofSeconds(30));
    int before = bank.keyFetches.get();
    for (int i = 0; i < 20; i++) claimsRefused(claims -> claims, "federation.signature");
    assertThat(bank.keyFetches.get() - before).isEqualTo(1);
  }

  @Test
  void a_changed_token_is_refused() {
    tokenRefused(
        leg -> {
          String[] parts = bank.signed(claims(bank, leg, "alice").build()).split("\\.");
          var other = claims(bank, leg, "mallory").build();
          return parts[0] + "." + Base64URL.encode(other.toString()) + "." + parts[2];
        },
        "federation.signature");
  }

  @Test
  void tokens_of_others_for_others_or_of_another_time_are_refused() {
    claimsRefused(claims -> claims.issuer("https://evil.example"), "federation.issuer");
    claimsRefused(claims -> claims.issuer(bank.issuer + "/"), "federation.issuer");
    claimsRefused(claims -> claims.issuer(null), "federation.issuer");
    claimsRefused(claims -> claims.audience("another-client"), "federation.audience");
    claimsRefused(
        claims -> claims.audience(List.of(CLIENT, "another-client")), "federation.audience");
    claimsRefused(claims -> claims.claim("azp", "another-client"), "federation.audience");
    claimsRefused(claims -> claims.audience((String) null), "federation.audience");
    claimsRefused(
        claims -> claims.expirationTime(Date.from(time.now().minusSeconds(61))),
        "federation.expired");
    claimsRefused(
        claims -> claims.issueTime(Date.from(time.now().plusSeconds(120))), "federation.expired");
    claimsRefused(
        claims -> claims.issueTime(Date.from(time.now().minusSeconds(3600))), "federation.expired");
    claimsRefused(
        claims -> claims.notBeforeTime(Date.from(time.now().plusSeconds(120))),
        "federation.expired");
    claimsRefused(claims -> claims.expirationTime(null), "federation.token");
    claimsRefused(claims -> claims.subject(null), "federation.token");
    claimsRefused(claims -> claims.subject("two words"), "federation.token");
    claimsRefused(claims -> claims.subject("x".repeat(256)), "federation.token");
  }

  @Test
  void a_nonce_that_is_missing_or_of_another_sign_in_is_refused() {
    claimsRefused(claims -> claims.claim("nonce", null), "federation.nonce");
    claimsRefused(
        claims -> claims.claim("nonce", start("bank").asked().get("nonce")), "federation.nonce");
  }

  @Test
  void a_person_who_signed_in_there_too_long_ago_is_refused_where_that_counts() {
    configure(
        "bank",
        bank,
        provider ->
            of(provider, new Provider.Wanted(List.of(), Optional.of(Duration.ofMinutes(5)))));
    claimsRefused(
        claims -> claims.claim("auth_time", time.now().minusSeconds(400).getEpochSecond()),
        "federation.stale");
    claimsRefused(claims -> claims.claim("auth_time", null), "federation.stale");
  }

  @Test
  void a_state_counts_once_and_in_its_own_browser_and_not_for_ever() {
    var leg = start("bank");
    bank.idToken = () -> bank.signed(claims(bank, leg, "alice").build());
    done(finish("bank", leg));
    refused(finish("bank", leg), "federation.state");

    var victim = start("bank");
    var attacker = new Leg(phone(Map.of()), victim.address());
    refused(finish("bank", attacker), "federation.state");
    refused(finish("bank", victim), "federation.state");

    var late = start("bank");
    time.pass(Duration.ofMinutes(11));
    refused(finish("bank", late), "federation.state");
  }

  @Test
  void the_answer_of_one_provider_is_not_taken_for_anothers() {
    var leg = start("bank");
    refused(finish("other", leg, code(other)), "federation.mix-up");
    refused(finish("bank", start("bank"), code(other)), "federation.mix-up");
    var nameless =
        new AuthorizationCall.Answer(Optional.of("code"), Optional.empty(), Optional.empty());
    refused(finish("bank", start("bank"), nameless), "federation.mix-up");
    assertThat(bank.tokenRequests).isEmpty();
    assertThat(other.tokenRequests).isEmpty();
  }

  @Test
  void a_token_of_another_provider_is_refused() {
    var leg = start("bank");
    bank.idToken = () -> other.signed(claims(other, leg, "alice").build());
    refused(finish("bank", leg), "federation.signature");
  }

  @Test
  void errors_are_told_in_our_words() {
    for (var error :
        Map.of(
                "access_denied", "federation.declined",
                "server_error", "federation.provider-busy",
                "<script>alert(1)</script>", "federation.provider-refused")
            .entrySet()) {
      var answer =
          new AuthorizationCall.Answer(
              Optional.empty(), Optional.of(error.getKey()), Optional.of(bank.issuer));
      refused(finish("bank", start("bank"), answer), error.getValue());
      assertThat(events().getLast().toString()).doesNotContain("script");
    }
    var nothing =
        new AuthorizationCall.Answer(Optional.empty(), Optional.empty(), Optional.of(bank.issuer));
    refused(finish("bank", start("bank"), nothing), "federation.state");
  }

  @Test
  void a_token_too_large_or_nested_too_deep_is_refused() {
    claimsRefused(claims -> claims.claim("x", "y".repeat(60_000)), "federation.token");
    tokenRefused(
        leg -> {
          String honest = claims(bank, leg, "alice").build().toString();
          String nested = "[".repeat(15_000) + "]".repeat(15_000);
          String deep = honest.substring(0, honest.length() - 1) + ",\"x\":" + nested + "}";
          var token = new JWSObject(header().build(), new Payload(deep));
          try {
            token.sign(new ECDSASigner(bank.key));
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
          return token.serialize();
        },
        "federation.token");
  }
}

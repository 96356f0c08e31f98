// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tokens, proofs and requests that are not what they say: each is refused over the wire, and each
/// leaves a security event with the refusal's code.
class BadInputTest extends OpenIdScene {

  private static final Map<String, String> ANY =
      Map.of("grant_type", "refresh_token", "refresh_token", "payroll.x");

  private final Recorded recorded = new Recorded(house.changes);

  private void assertionRefused(String assertion) {
    recorded.once(
        "client-refused",
        "openid.assertion",
        () ->
            assertThat(
                    wire.send(
                            payroll.dpop.formRequest(
                                "/oauth/token", payroll.authenticated(ANY, assertion)))
                        .status())
                .isEqualTo(401));
  }

  private void proofRefused(String code, String proof) {
    house.time.pass(Duration.ofMinutes(1));
    recorded.once(
        "request-refused",
        code,
        () ->
            assertThat(
                    wire.send(
                            phone.formRequest("/oauth/par", Phone.request()).header("DPoP", proof))
                        .text("code"))
                .isEqualTo(code));
  }

  private JWTClaimsSet proofClaims() {
    return new JWTClaimsSet.Builder()
        .claim("htm", "POST")
        .claim("htu", house.origin + "/oauth/par")
        .issueTime(Date.from(house.time.now().plus(Duration.ofMinutes(1))))
        .jwtID(Bytes.of(house.entropy.bytes(12)).toString())
        .build();
  }

  @Test
  void a_client_assertion_without_signature_or_with_the_public_key_as_a_secret_is_recorded()
      throws Exception {
    registered();
    assertionRefused(new PlainJWT(payroll.claims().build()).serialize());
    var confused =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("payroll-1").build(),
            new Payload(payroll.claims().build().toJSONObject()));
    confused.sign(new MACSigner(payroll.key.toPublicJWK().toJSONString()));
    assertionRefused(confused.serialize());
  }

  @Test
  void a_proof_without_signature_or_with_the_public_key_as_a_secret_is_recorded() throws Exception {
    proofRefused("proof.malformed", new PlainJWT(proofClaims()).serialize());
    var confused =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(phone.key.toPublicJWK())
                .build(),
            new Payload(proofClaims().toJSONObject()));
    confused.sign(new MACSigner(phone.key.toPublicJWK().toJSONString()));
    proofRefused("proof.algorithm", confused.serialize());
  }

  @Test
  void keys_that_an_assertion_brings_itself_are_not_believed_and_that_is_recorded() {
    registered();
    var thief = new WebApp(house, wire, "payroll");
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("payroll-1");
    var evil = URI.create("https://evil.example/keys");
    assertionRefused(
        thief.signed(
            new JWSHeader.Builder(header.build()).jwk(thief.key.toPublicJWK()).build(),
            thief.claims()));
    assertionRefused(
        thief.signed(new JWSHeader.Builder(header.build()).jwkURL(evil).build(), thief.claims()));
    assertionRefused(
        thief.signed(
            new JWSHeader.Builder(header.build()).x509CertURL(evil).build(), thief.claims()));
    assertionRefused(
        thief.signed(
            new JWSHeader.Builder(header.build())
                .x509CertChain(List.of(Base64.from(new RsaParty().text())))
                .build(),
            thief.claims()));
  }

  @Test
  void an_assertion_for_another_audience_or_by_another_issuer_is_recorded() {
    registered();
    assertionRefused(payroll.assertion(payroll.claims().claim("aud", "https://evil.example")));
    assertionRefused(payroll.assertion(payroll.claims().issuer("other-app")));
  }

  @Test
  void a_replayed_assertion_and_a_replayed_proof_are_recorded() {
    registered();
    String assertion = payroll.assertion();
    var form = payroll.authenticated(Map.of("token", "x"), assertion);
    assertThat(wire.send(payroll.dpop.formRequest("/oauth/introspect", form)).status())
        .isEqualTo(200);
    recorded.once(
        "client-refused",
        "openid.assertion-replayed",
        () -> wire.send(payroll.dpop.formRequest("/oauth/introspect", form)));
    String proof = phone.proof("POST", "/oauth/par", Optional.empty());
    assertThat(pushed(proof).status()).isEqualTo(201);
    recorded.once(
        "request-refused",
        "proof.replayed",
        () -> assertThat(pushed(proof).text("code")).isEqualTo("proof.replayed"));
  }

  private Wire.Answer pushed(String proof) {
    return wire.send(phone.formRequest("/oauth/par", Phone.request()).header("DPoP", proof));
  }

  @Test
  void a_replayed_proof_of_a_person_at_the_api_is_recorded() {
    alice();
    String token = signedIn().text("access_token");
    String proof = phone.proof("GET", "/me", Optional.of(token));
    var request =
        HttpRequest.newBuilder(URI.create(house.origin + "/me"))
            .header("Authorization", "DPoP " + token)
            .header("DPoP", proof);
    assertThat(wire.send(request).status()).isEqualTo(200);
    recorded.once(
        "request-refused",
        "proof.replayed",
        () -> assertThat(wire.send(request).status()).isEqualTo(401));
    var thief = new Phone(house, wire);
    recorded.once(
        "request-refused",
        "http.token-refused",
        () -> assertThat(thief.get("/me", token).status()).isEqualTo(401));
  }

  @Test
  void a_stolen_and_a_reused_code_of_a_phone_are_recorded() {
    alice();
    browser.open(phone.push(Phone.request()));
    String stolen = Browser.code(browser.signIn());
    recorded.once(
        "token-refused",
        "oauth.code",
        () -> assertThat(new Phone(house, wire).redeem(stolen).status()).isEqualTo(400));
    browser.open(phone.push(Phone.request()));
    String code = Browser.code(browser.signIn());
    assertThat(phone.redeem(code).status()).isEqualTo(200);
    recorded.once(
        "token-refused",
        "oauth.code-reused",
        () -> assertThat(phone.redeem(code).status()).isEqualTo(400));
    assertThat(house.events()).contains("session-revoked");
  }

  @Test
  void a_stolen_and_a_reused_code_of_an_app_are_recorded() {
    registered();
    var thief = new WebApp(house, wire, "thief-app");
    house.openId.register(thief.registration(Profile.FAPI2));
    String stolen = WebApp.code(arrive(payroll.push(payroll.request())));
    recorded.once("token-refused", "openid.grant", () -> thief.redeem(stolen));
    String code = WebApp.code(arrive(payroll.push(payroll.request())));
    assertThat(payroll.redeem(code).status()).isEqualTo(200);
    recorded.once("token-refused", "openid.grant-reused", () -> payroll.redeem(code));
  }

  @Test
  void a_phones_request_that_leads_elsewhere_or_was_never_pushed_is_recorded() {
    recorded.once(
        "authorization-refused",
        "oauth.redirect",
        () ->
            assertThat(
                    phone
                        .post("/oauth/par", Phone.request("redirect_uri", "https://evil.example/"))
                        .status())
                .isEqualTo(400));
    recorded.once(
        "authorization-refused",
        "oauth.request-uri",
        () ->
            browser.open(
                "/oauth/authorize?client_id=vigil-phone&request_uri=urn:ietf:params:oauth:request_uri:x"));
    recorded.once(
        "request-refused",
        "oauth.not-pushed",
        () ->
            browser.open(
                "/oauth/authorize?client_id=vigil-phone&redirect_uri=https://evil.example/"));
  }

  @Test
  void a_page_of_another_site_is_refused_and_recorded() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    String token = browser.csrf;
    browser.csrf = "forged";
    crossSite();
    browser.csrf = token;
    browser.origin = "https://evil.example";
    crossSite();
    recorded.once(
        "request-refused",
        "http.cross-site",
        () ->
            assertThat(
                    wire.send(
                            HttpRequest.newBuilder(URI.create(house.origin + "/my/account"))
                                .header("Cookie", browser.cookie())
                                .header("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403));
  }

  private void crossSite() {
    recorded.once(
        "request-refused",
        "http.cross-site",
        () -> assertThat(browser.post("/signin/options", Map.of()).status()).isEqualTo(403));
  }

  @Test
  void a_client_that_asks_about_the_token_of_another_is_recorded() {
    registered();
    String token = tokens().text("access_token");
    var other = new WebApp(house, wire, "other-app");
    var at = other.registration(Profile.FAPI2);
    house.openId.register(OpenIdLifeTest.at(at, "elsewhere", java.util.Set.of()));
    var answer = other.post("/oauth/introspect", Map.of("token", token));
    assertThat(answer.json().path("active").asBoolean(true)).isFalse();
    assertThat(house.events()).containsOnlyOnce("introspection-refused");
    recorded.once(
        "client-refused",
        "openid.client",
        () ->
            assertThat(
                    wire.send(
                            phone.formRequest(
                                "/oauth/introspect", Map.of("client_id", "nobody", "token", token)))
                        .status())
                .isEqualTo(401));
  }

  @Test
  void a_stolen_token_at_the_userinfo_endpoint_is_recorded() {
    registered();
    String token = tokens().text("access_token");
    recorded.once(
        "request-refused",
        "openid.token",
        () ->
            assertThat(new Phone(house, wire).get("/oauth/userinfo", token).status())
                .isEqualTo(401));
  }

  @Test
  void whoever_shows_nothing_or_is_refused_without_end_does_not_fill_the_store() {
    for (int i = 0; i < 3; i++)
      assertThat(wire.send(HttpRequest.newBuilder(URI.create(house.origin + "/me"))).status())
          .isEqualTo(401);
    assertThat(house.events()).isEmpty();
    for (int i = 0; i < 30; i++)
      assertThat(browser.post("/register/options", Map.of()).status()).isEqualTo(403);
    assertThat(house.events()).isEmpty();
    browser.origin = "https://evil.example";
    for (int i = 0; i < 30; i++)
      assertThat(browser.post("/register/options", Map.of()).status()).isEqualTo(403);
    assertThat(house.events()).hasSizeBetween(1, 10).containsOnly("request-refused");
  }
}

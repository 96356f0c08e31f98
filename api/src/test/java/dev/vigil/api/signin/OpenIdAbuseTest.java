// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Registered apps over the wire, as an attacker would have it. Each refusal leaves an event.
class OpenIdAbuseTest extends OpenIdScene {

  private static final Map<String, String> UNKNOWN =
      Map.of("grant_type", "refresh_token", "refresh_token", "payroll.x");

  private void clientRefused(String why, String assertion) {
    long before = count("client-refused");
    var answer =
        wire.send(
            payroll.dpop.formRequest("/oauth/token", payroll.authenticated(UNKNOWN, assertion)));
    assertThat(answer.text("error")).as(why).isEqualTo("invalid_client");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(count("client-refused")).as(why).isEqualTo(before + 1);
  }

  private long count(String event) {
    return house.events().stream().filter(event::equals).count();
  }

  private static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("payroll-1");
  }

  @Test
  void client_assertions_of_every_wrong_kind_are_refused() throws Exception {
    registered();
    clientRefused("none", new PlainJWT(payroll.claims().build()).serialize());
    var confused =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("payroll-1").build(),
            new Payload(payroll.claims().build().toJSONObject()));
    confused.sign(new MACSigner(payroll.key.toPublicJWK().toJSONString()));
    clientRefused("HS256 with the public key", confused.serialize());
    var other = new WebApp(house, wire, "payroll");
    clientRefused("another key under the same kid", other.assertion());
    clientRefused(
        "the key in the header",
        other.signed(header().jwk(other.key.toPublicJWK()).build(), other.claims()));
    clientRefused(
        "jku",
        payroll.signed(
            header().jwkURL(URI.create("https://evil.example/")).build(), payroll.claims()));
    clientRefused(
        "x5u",
        payroll.signed(
            header().x509CertURL(URI.create("https://evil.example/")).build(), payroll.claims()));
    clientRefused(
        "crit",
        payroll.signed(
            header().criticalParams(java.util.Set.of("exp")).customParam("exp", 1).build(),
            payroll.claims()));
    clientRefused("not a JWT", "x.y.z");
  }

  @Test
  void client_assertions_with_wrong_claims_are_refused() {
    registered();
    clientRefused(
        "audience", payroll.assertion(payroll.claims().claim("aud", "https://evil.example")));
    clientRefused(
        "two audiences",
        payroll.assertion(
            payroll
                .claims()
                .claim("aud", List.of(house.origin.toString(), "https://evil.example"))));
    clientRefused(
        "the endpoint as audience",
        payroll.assertion(payroll.claims().claim("aud", house.origin + "/oauth/token")));
    clientRefused("issuer", payroll.assertion(payroll.claims().issuer("other-app")));
    clientRefused("subject", payroll.assertion(payroll.claims().subject("other-app")));
    var now = house.time.now();
    clientRefused(
        "expired",
        payroll.assertion(payroll.claims().expirationTime(Date.from(now.minusSeconds(1)))));
    clientRefused(
        "too long",
        payroll.assertion(payroll.claims().expirationTime(Date.from(now.plusSeconds(3600)))));
    clientRefused(
        "from the future",
        payroll.assertion(payroll.claims().notBeforeTime(Date.from(now.plusSeconds(30)))));
    clientRefused("no jti", payroll.assertion(payroll.claims().jwtID(null)));
    clientRefused("no expiry", payroll.assertion(payroll.claims().expirationTime(null)));
  }

  @Test
  void a_client_assertion_counts_once() {
    registered();
    String assertion = payroll.assertion();
    var form = payroll.authenticated(Map.of("token", "x"), assertion);
    assertThat(wire.send(payroll.dpop.formRequest("/oauth/introspect", form)).status())
        .isEqualTo(200);
    var again = wire.send(payroll.dpop.formRequest("/oauth/introspect", form));
    assertThat(again.text("code")).isEqualTo("openid.assertion-replayed");
    assertThat(house.events()).contains("client-refused");
  }

  @Test
  void a_client_has_no_secret() {
    registered();
    var form = new HashMap<>(payroll.redemption("x"));
    form.put("client_id", "payroll");
    assertThat(wire.send(payroll.dpop.formRequest("/oauth/token", form)).text("error"))
        .isEqualTo("invalid_client");
    form.put("client_secret", "guess");
    assertThat(wire.send(payroll.dpop.formRequest("/oauth/token", form)).text("code"))
        .isEqualTo("oauth.password");
    assertThat(house.events()).contains("client-refused", "password-attempt-refused");
  }

  @Test
  void a_proof_needs_the_servers_nonce_and_counts_once() {
    registered();
    var form = payroll.redemption("x");
    String old = payroll.dpop.proof("POST", "/oauth/token", Optional.empty());
    var asked =
        wire.send(
            payroll
                .dpop
                .formRequest("/oauth/token", payroll.authenticated(form))
                .header("DPoP", old));
    assertThat(asked.text("error")).isEqualTo("use_dpop_nonce");
    String nonce = asked.header("dpop-nonce").orElseThrow();
    String proof = payroll.dpop.proof("POST", "/oauth/token", Optional.empty(), Optional.of(nonce));
    assertThat(sent(form, proof).text("error")).isEqualTo("invalid_grant");
    assertThat(sent(form, proof).text("code")).isEqualTo("proof.replayed");
    house.time.pass(Duration.ofMinutes(5));
    String stale = payroll.dpop.proof("POST", "/oauth/token", Optional.empty(), Optional.of(nonce));
    assertThat(sent(form, stale).text("error")).isEqualTo("use_dpop_nonce");
  }

  private Wire.Answer sent(Map<String, String> form, String proof) {
    return wire.send(
        payroll
            .dpop
            .formRequest("/oauth/token", payroll.authenticated(form))
            .header("DPoP", proof));
  }

  @Test
  void a_code_that_comes_twice_ends_what_came_of_it() {
    registered();
    String code = WebApp.code(arrive(payroll.push(payroll.request())));
    var tokens = payroll.redeem(code);
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(payroll.redeem(code).text("code")).isEqualTo("openid.grant-reused");
    assertThat(payroll.refresh(tokens.text("refresh_token")).status()).isEqualTo(400);
    assertThat(house.events()).contains("session-revoked", "token-refused");
  }

  @Test
  void a_stolen_code_is_worth_nothing_to_another_client_or_key() {
    registered();
    var thief = new WebApp(house, wire, "thief-app");
    house.openId.register(thief.registration(Profile.FAPI2));
    String code = WebApp.code(arrive(payroll.push(payroll.request())));
    assertThat(thief.redeem(code).text("error")).isEqualTo("invalid_grant");
    assertThat(house.events()).contains("token-refused");
    String second = WebApp.code(arrive(payroll.push(payroll.request())));
    String proof =
        new Phone(house, wire)
            .proof("POST", "/oauth/token", Optional.empty(), Optional.of(payroll.nonce));
    assertThat(sent(payroll.redemption(second), proof).text("error")).isEqualTo("invalid_grant");
    String third = WebApp.code(arrive(payroll.push(payroll.request())));
    assertThat(phone.redeem(third).text("code")).isEqualTo("oauth.code");
    var wrong = new HashMap<>(payroll.redemption(third));
    wrong.put("code_verifier", "y".repeat(43));
    assertThat(payroll.post("/oauth/token", wrong).text("code")).isEqualTo("oauth.verifier");
    String late = WebApp.code(arrive(payroll.push(payroll.request())));
    house.time.pass(Duration.ofSeconds(61));
    assertThat(payroll.redeem(late).text("error")).isEqualTo("invalid_grant");
  }

  @Test
  void a_code_without_a_proof_gives_nothing_to_a_client_of_the_strict_profile() {
    registered();
    String code = WebApp.code(arrive(payroll.push(payroll.request())));
    assertThat(payroll.plain("/oauth/token", payroll.redemption(code)).text("code"))
        .isEqualTo("openid.unconstrained");
  }

  @Test
  void nobody_is_ever_sent_to_an_address_that_is_not_registered() {
    registered(Profile.PLAIN);
    var tricks =
        new ArrayList<>(
            List.of(
                "https://payroll.example/callback/",
                "https://payroll.example/callback/more",
                "https://payroll.example/call",
                "https://payroll.example/callback?x=1",
                "https://payroll.example/callback#x",
                "https://payroll.example/%63allback",
                "https://payroll.example/a/../callback",
                "https://payroll.example:8443/callback",
                "https://payroll.example.evil.example/callback",
                "https://payroll.example@evil.example/callback",
                "https://PAYROLL.example/callback",
                "http://payroll.example/callback",
                "//payroll.example/callback",
                "javascript:alert(1)",
                "https://evil.example/"));
    tricks.add("");
    for (var trick : tricks) {
      assertThat(payroll.post("/oauth/par", payroll.request("redirect_uri", trick)).status())
          .as(trick)
          .isEqualTo(400);
      var page = browser.open("/oauth/authorize?" + query(payroll.request("redirect_uri", trick)));
      assertThat(page.status()).as(trick).isEqualTo(400);
      assertThat(page.header("location")).as(trick).isEmpty();
      assertThat(page.body()).doesNotContain("evil.example");
    }
    assertThat(count("authorization-refused")).isEqualTo(tricks.size());
  }

  private static String query(Map<String, String> form) {
    var all = new ArrayList<String>();
    form.forEach((name, value) ->
        all.add(
            name
                + "="
                + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)));
    return String.join("&", all);
  }

  @Test
  void a_client_of_the_strict_profile_must_push() {
    registered();
    var page = browser.open("/oauth/authorize?" + query(payroll.request()));
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.header("location")).isEmpty();
    assertThat(house.events()).contains("authorization-refused");
  }

  @Test
  void request_objects_response_modes_and_missing_pkce_are_refused() {
    registered(Profile.PLAIN);
    for (var trick :
        Map.of(
                "request", "eyJhbGciOiJub25lIn0.e30.",
                "response_mode", "form_post",
                "response_type", "code id_token",
                "code_challenge_method", "plain",
                "prompt", "none login",
                "claims", "{}",
                "max_age", "-1")
            .entrySet()) {
      var form = payroll.request(trick.getKey(), trick.getValue());
      assertThat(payroll.post("/oauth/par", form).status()).as(trick.getKey()).isEqualTo(400);
      var back = browser.open("/oauth/authorize?" + query(form)).header("location");
      assertThat(back.orElseThrow()).as(trick.getKey()).contains("?error=").contains("&iss=");
    }
    assertThat(payroll.post("/oauth/par", payroll.request("scope", "openid admin")).text("error"))
        .isEqualTo("invalid_scope");
    assertThat(
            payroll
                .post("/oauth/par", payroll.request("request_uri", "https://evil.example/"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void a_pushed_request_counts_once_and_for_its_own_client() {
    registered();
    var other = new WebApp(house, wire, "other-app");
    house.openId.register(other.registration(Profile.FAPI2));
    String address = payroll.push(payroll.request());
    assertThat(browser.open(address.replace("client_id=payroll", "client_id=other-app")).status())
        .isEqualTo(400);
    assertThat(browser.open(address).status()).isEqualTo(400);
    String builtIn =
        payroll.push(payroll.request()).replace("client_id=payroll", "client_id=vigil-phone");
    assertThat(browser.open(builtIn).status()).isEqualTo(400);
    String late = payroll.push(payroll.request());
    house.time.pass(Duration.ofMinutes(2));
    assertThat(browser.open(late).status()).isEqualTo(400);
    assertThat(count("authorization-refused")).isEqualTo(4);
  }

  @Test
  void another_site_can_neither_sign_in_nor_ask_for_a_ticket() {
    registered();
    browser.open(payroll.push(payroll.request()));
    browser.visit();
    String good = browser.csrf;
    browser.csrf = "forged";
    assertThat(browser.post("/signin/options", Map.of()).status()).isEqualTo(403);
    assertThat(browser.post("/signin/ticket", Map.of()).status()).isEqualTo(403);
    browser.csrf = good;
    browser.origin = "https://evil.example";
    assertThat(browser.post("/signin/options", Map.of()).status()).isEqualTo(403);
    var crossing =
        wire.send(
            HttpRequest.newBuilder(URI.create(house.origin + "/signin/answer"))
                .header("Content-Type", "application/json")
                .header("Origin", house.origin.toString())
                .POST(BodyPublishers.ofString("{}")));
    assertThat(crossing.status()).isEqualTo(403);
  }

  @Test
  void a_guessed_handle_or_cookie_leads_nowhere() {
    registered();
    assertThat(browser.open("/oauth/continue?request=guess").status()).isEqualTo(400);
    var stranger = new Browser(house, wire);
    var page =
        wire.send(
            HttpRequest.newBuilder(URI.create(house.origin + payroll.push(payroll.request())))
                .header("Cookie", "vigil-session=" + Bytes.of(house.entropy.bytes(32))));
    assertThat(page.body()).contains("sign-in.js");
    assertThat(stranger.open("/oauth/continue").status()).isEqualTo(400);
  }

  @Test
  void the_cookie_changes_with_every_sign_in_and_the_old_one_is_worth_nothing() {
    registered();
    tokens();
    String before = browser.cookie();
    house.time.pass(Duration.ofSeconds(1));
    arrive(payroll.push(payroll.request("prompt", "login")));
    assertThat(browser.cookie()).isNotEqualTo(before);
    var replayed =
        wire.send(
            HttpRequest.newBuilder(URI.create(house.origin + payroll.push(payroll.request())))
                .header("Cookie", before));
    assertThat(replayed.status()).isEqualTo(200);
  }

  @Test
  void a_header_type_that_is_another_tokens_does_not_matter_to_the_claims() {
    registered();
    String typed =
        payroll.signed(
            header().type(new JOSEObjectType("client-authentication+jwt")).build(),
            payroll.claims());
    var form = payroll.authenticated(Map.of("token", "x"), typed);
    assertThat(wire.send(payroll.dpop.formRequest("/oauth/introspect", form)).status())
        .isEqualTo(200);
  }
}

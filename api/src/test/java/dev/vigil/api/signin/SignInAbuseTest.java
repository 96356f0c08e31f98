// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.client.Origin;
import dev.vigil.admission.Actor;
import dev.vigil.identity.Passkey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Signing in over the wire, as an attacker would have it.
class SignInAbuseTest extends SignInScene {

  @Test
  void a_reused_code_ends_the_session_it_started() {
    alice();
    browser.open(phone.push(Phone.request()));
    String code = Browser.code(browser.signIn());
    var tokens = phone.redeem(code);
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(phone.redeem(code).text("code")).isEqualTo("oauth.code-reused");
    assertThat(session(tokens).ended()).isPresent();
    assertThat(phone.refresh(tokens.text("refresh_token")).status()).isEqualTo(400);
    assertThat(phone.get("/me", tokens.text("access_token")).status()).isEqualTo(401);
  }

  @Test
  void a_stolen_code_is_refused() {
    alice();
    browser.open(phone.push(Phone.request()));
    String code = Browser.code(browser.signIn());
    assertThat(new Phone(house, wire).redeem(code).text("code")).isEqualTo("oauth.code");
    browser.open(phone.push(Phone.request()));
    String second = Browser.code(browser.signIn());
    house.time.pass(Duration.ofSeconds(61));
    assertThat(phone.redeem(second).text("code")).isEqualTo("oauth.code");
  }

  @Test
  void the_wrong_verifier_address_or_client_is_refused() {
    alice();
    for (var wrong :
        Map.of(
                "code_verifier",
                "x".repeat(43),
                "redirect_uri",
                "http://127.0.0.1:4712/callback",
                "client_id",
                "vigil-cli")
            .entrySet()) {
      browser.open(phone.push(Phone.request()));
      var form =
          new HashMap<>(
              Map.of(
                  "grant_type",
                  "authorization_code",
                  "client_id",
                  "vigil-phone",
                  "code",
                  Browser.code(browser.signIn()),
                  "code_verifier",
                  Phone.VERIFIER,
                  "redirect_uri",
                  Phone.CALLBACK));
      form.put(wrong.getKey(), wrong.getValue());
      assertThat(phone.post("/oauth/token", form).text("error"))
          .as(wrong.getKey())
          .isEqualTo("invalid_grant");
    }
  }

  @Test
  void a_request_address_counts_once_for_its_own_client_and_browser() {
    alice();
    String address = phone.push(Phone.request());
    assertThat(browser.open(address).status()).isEqualTo(200);
    assertThat(browser.open(address).status()).isEqualTo(200);
    assertThat(new Browser(house, wire).open(address).status()).isEqualTo(400);
    assertThat(
            browser.open(phone.push(Phone.request()).replace("vigil-phone", "vigil-cli")).status())
        .isEqualTo(400);
    String late = phone.push(Phone.request());
    house.time.pass(Duration.ofMinutes(3));
    assertThat(browser.open(late).status()).isEqualTo(400);
  }

  @Test
  void a_request_that_was_not_pushed_or_not_proven_is_refused() {
    var plain =
        browser.open(
            "/oauth/authorize?client_id=vigil-phone&response_type=code&redirect_uri=http://evil.example&code_challenge=x");
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.body())
        .contains("The authorization request was not pushed")
        .doesNotContain("evil.example");
    assertThat(wire.send(phone.formRequest("/oauth/par", Phone.request())).text("error"))
        .isEqualTo("invalid_dpop_proof");
    String proof = phone.proof("POST", "/oauth/par", Optional.empty());
    assertThat(
            wire.send(phone.formRequest("/oauth/par", Phone.request()).header("DPoP", proof))
                .status())
        .isEqualTo(201);
    assertThat(
            wire.send(phone.formRequest("/oauth/par", Phone.request()).header("DPoP", proof))
                .text("code"))
        .isEqualTo("proof.replayed");
    assertThat(
            wire.send(
                    phone
                        .formRequest("/oauth/par", Phone.request())
                        .header("DPoP", phone.proof("POST", "/oauth/token", Optional.empty())))
                .text("code"))
        .isEqualTo("proof.target");
  }

  @Test
  void passwords_are_refused_by_name_and_recorded() {
    assertThat(
            phone
                .post(
                    "/oauth/token",
                    Map.of("grant_type", "password", "username", "alice", "password", "swordfish"))
                .text("code"))
        .isEqualTo("oauth.password");
    assertThat(
            wire.send(phone.formRequest("/oauth/token", Map.of("grant_type", "password")))
                .text("code"))
        .isEqualTo("oauth.password");
    assertThat(
            wire.send(
                    phone
                        .formRequest("/oauth/token", Map.of("grant_type", "client_credentials"))
                        .header("Authorization", "Basic YWxpY2U6cHc="))
                .text("code"))
        .isEqualTo("oauth.password");
    assertThat(phone.post("/oauth/par", Phone.request("password", "swordfish")).text("code"))
        .isEqualTo("oauth.password");
    assertThat(house.events()).containsOnly("password-attempt-refused").hasSize(4);
    assertThat(house.changes.read(view -> view.eventsAfter(0, 10)).toString())
        .doesNotContain("swordfish");
  }

  @Test
  void a_page_of_another_site_cannot_answer() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    var assertion = browser.assertion(UserVerificationRequirement.REQUIRED);
    String token = browser.csrf;
    browser.csrf = "";
    assertThat(browser.post("/signin/answer", assertion).text("code")).isEqualTo("http.cross-site");
    browser.csrf = token;
    browser.origin = "http://evil.example";
    assertThat(browser.post("/signin/answer", assertion).text("code")).isEqualTo("http.cross-site");
    browser.origin = house.origin.toString();
    assertThat(browser.post("/signin/answer", assertion).status()).isEqualTo(200);
    assertThat(new Browser(house, wire).post("/signin/options", Map.of()).text("code"))
        .isEqualTo("http.no-ceremony");
  }

  @Test
  void an_authenticator_that_did_not_verify_or_answered_another_site_is_refused_and_recorded() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    assertThat(
            browser
                .post("/signin/answer", browser.assertion(UserVerificationRequirement.DISCOURAGED))
                .text("code"))
        .isEqualTo("passkey.user-verification");
    browser.platform.setOrigin(new Origin("http://evil.example"));
    assertThat(
            browser
                .post("/signin/answer", browser.assertion(UserVerificationRequirement.REQUIRED))
                .text("code"))
        .isEqualTo("passkey.origin");
    browser.platform.setOrigin(new Origin(house.origin.toString()));
    var assertion = browser.assertion(UserVerificationRequirement.REQUIRED);
    assertThat(browser.post("/signin/answer", assertion).status()).isEqualTo(200);
    assertThat(browser.post("/signin/answer", assertion).status()).isIn(403, 409, 410);
    assertThat(house.events()).contains("sign-in-refused");
  }

  @Test
  void a_challenge_belongs_to_one_visit_and_one_try() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    var assertion = browser.assertion(UserVerificationRequirement.REQUIRED);
    var thief = new Browser(house, wire);
    thief.open(new Phone(house, wire).push(Phone.request()));
    thief.visit();
    assertThat(thief.post("/signin/answer", assertion).text("code")).isEqualTo("sign-in.challenge");
    assertThat(browser.post("/signin/answer", assertion).text("code"))
        .isEqualTo("sign-in.challenge");
  }

  @Test
  void a_copied_passkey_is_noticed() {
    alice();
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var known = work.tx().passkeysOf(work.tx().subjects().getFirst().id()).getFirst();
          work.tx()
              .put(
                  new Passkey(
                      known.credentialId(),
                      known.subject(),
                      known.publicKeyCose(),
                      known.aaguid(),
                      10_000,
                      false,
                      false,
                      known.transports(),
                      "key",
                      known.createdAt(),
                      known.lastUsedAt()));
          return Optional.empty();
        });
    browser.open(phone.push(Phone.request()));
    assertThat(browser.signIn().text("code")).isEqualTo("passkey.counter");
    assertThat(house.events()).contains("passkey-copy-suspected");
  }

  @Test
  void content_that_is_too_long_or_ambiguous_is_refused() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    assertThat(
            browser
                .post(
                    "/signin/answer",
                    Map.of("challenge", "A".repeat(70_000), "credential", Map.of()))
                .status())
        .isEqualTo(413);
    assertThat(
            browser
                .post(
                    "/signin/answer",
                    Map.of("challenge", "AAAA", "credential", Map.of("id", "A".repeat(40_000))))
                .status())
        .isIn(403, 409);
    assertThat(phone.post("/oauth/par", Map.of("client_id", "x", "state&state", "1")).status())
        .isEqualTo(400);
  }

  @Test
  void too_many_tries_for_one_person_must_wait() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    for (int i = 0; i < 10; i++)
      browser.post("/signin/answer", browser.assertion(UserVerificationRequirement.DISCOURAGED));
    assertThat(
            browser
                .post("/signin/answer", browser.assertion(UserVerificationRequirement.REQUIRED))
                .status())
        .isEqualTo(429);
    house.time.pass(Duration.ofMinutes(1));
    assertThat(
            browser
                .post("/signin/answer", browser.assertion(UserVerificationRequirement.REQUIRED))
                .status())
        .isEqualTo(200);
  }
}

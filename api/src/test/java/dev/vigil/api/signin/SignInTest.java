// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.UserVerificationRequirement;
import com.webauthn4j.data.client.Origin;
import dev.vigil.admission.Actor;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.TokenClaims;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Signing in over the wire, as it should be and as an attacker would have it.
class SignInTest {

  private final House house = new House();
  private final Wire wire = new Wire();
  private final Browser browser = new Browser(house, wire);
  private final Phone phone = new Phone(house, wire);

  @AfterEach
  void close() {
    house.close();
  }

  private void alice() {
    assertThat(browser.register(text(house.invite("alice@bank.example").secret())).status())
        .isEqualTo(200);
  }

  private static String text(Secret secret) {
    return Bytes.of(secret.reveal()).toString();
  }

  private Wire.Answer signedIn() {
    browser.open(phone.push(Phone.request()));
    return phone.redeem(Browser.code(browser.signIn()));
  }

  private Session session(Wire.Answer tokens) {
    return house
        .changes
        .read(view -> view.session(new SessionId(tokens.text("session"))))
        .orElseThrow();
  }

  @Test
  void an_invited_person_registers_and_signs_in_with_a_passkey() {
    alice();
    browser.open(phone.push(Phone.request()));
    var redirect = browser.signIn();
    assertThat(redirect.text("redirect"))
        .contains("&state=state-of-the-app&iss=http%3A%2F%2Flocalhost");
    var tokens = phone.redeem(Browser.code(redirect));
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.text("token_type")).isEqualTo("DPoP");
    assertThat(tokens.text("audience")).isEqualTo("vigil-api");
    assertThat(session(tokens).binding()).isEqualTo(new Session.Binding.Key(phone.thumbprint()));
    var me = phone.get("/me", tokens.text("access_token"));
    assertThat(me.text("userName")).isEqualTo("alice@bank.example");
    assertThat(house.events())
        .containsSubsequence(
            "subject-created", "passkey-invited", "passkey-registered", "session-started");
  }

  @Test
  void the_first_administrator_registers_once() {
    var secret = ((Outcome.Done<Secret>) house.first.offer()).value();
    var other = ((Outcome.Done<Secret>) house.first.offer()).value();
    assertThat(administrator(browser, secret).status()).isEqualTo(200);
    assertThat(house.first.offer()).isInstanceOf(Outcome.Refused.class);
    assertThat(administrator(new Browser(house, wire), other).status()).isEqualTo(409);
    assertThat(browser.post("/register/administrator", Map.of("secret", text(secret))).status())
        .isEqualTo(410);
  }

  private Wire.Answer administrator(Browser visitor, Secret secret) {
    visitor.csrf =
        visitor.post("/register/administrator", Map.of("secret", text(secret))).text("csrf");
    return visitor.create(
        visitor
            .post(
                "/register/options",
                Map.of(
                    "userName",
                    "Root" + text(secret).substring(0, 4).replaceAll("[^A-Za-z]", "x"),
                    "displayName",
                    "Root"))
            .json());
  }

  @Test
  void an_invitation_counts_once_and_for_a_day() {
    var invited = house.invite("alice@bank.example");
    assertThat(browser.register(text(invited.secret())).status()).isEqualTo(200);
    assertThat(
            new Browser(house, wire)
                .post("/register/invitation", Map.of("secret", text(invited.secret())))
                .status())
        .isEqualTo(410);
    var late = house.invite("bob@bank.example");
    house.time.pass(Duration.ofHours(24));
    assertThat(
            new Browser(house, wire)
                .post("/register/invitation", Map.of("secret", text(late.secret())))
                .status())
        .isEqualTo(410);
  }

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
  void a_refresh_token_rotates_and_a_spent_one_ends_the_session() {
    alice();
    var first = signedIn();
    var second = phone.refresh(first.text("refresh_token"));
    assertThat(second.status()).isEqualTo(200);
    assertThat(new Phone(house, wire).refresh(second.text("refresh_token")).text("code"))
        .isEqualTo("oauth.refresh");
    assertThat(session(first).ended()).isEmpty();
    var asCommandLine =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "vigil-cli",
            "refresh_token",
            second.text("refresh_token"));
    assertThat(phone.post("/oauth/token", asCommandLine).text("code")).isEqualTo("oauth.refresh");
    assertThat(phone.refresh(first.text("refresh_token")).text("code"))
        .isEqualTo("oauth.refresh-reused");
    assertThat(session(first).ended()).isPresent();
    assertThat(phone.refresh(second.text("refresh_token")).status()).isEqualTo(400);
  }

  @Test
  void signing_out_ends_the_session_for_the_holder_of_the_key_only() {
    alice();
    var tokens = signedIn();
    assertThat(
            new Phone(house, wire)
                .post("/oauth/revoke", Map.of("token", tokens.text("refresh_token")))
                .status())
        .isEqualTo(200);
    assertThat(session(tokens).ended()).isEmpty();
    assertThat(phone.post("/oauth/revoke", Map.of("token", tokens.text("refresh_token"))).status())
        .isEqualTo(200);
    assertThat(session(tokens).ended()).isPresent();
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

  private DeviceId enrolled() {
    return house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var owner = work.tx().subjects().getFirst().id();
          var id = DeviceId.random(work.entropy());
          work.tx()
              .put(
                  new Device(
                      id,
                      Device.Kind.PHONE,
                      owner,
                      phone.thumbprint(),
                      "phone",
                      work.now(),
                      Optional.empty()));
          var der = Bytes.of(work.entropy().bytes(40));
          work.tx()
              .put(
                  new IssuedCertificate(
                      Sha256.of(der.toArray()),
                      "01",
                      id,
                      work.now(),
                      work.now().plus(Duration.ofDays(1)),
                      der));
          work.event("device-enrolled", "test", Map.of(), id);
          return id;
        });
  }

  @Test
  void an_enrolled_device_gets_tokens_for_the_gateway_bound_to_its_certificate() {
    alice();
    var device = enrolled();
    var tokens = signedIn();
    assertThat(tokens.text("token_type")).isEqualTo("Bearer");
    assertThat(session(tokens).binding())
        .isEqualTo(new Session.Binding.Device(device, phone.thumbprint()));
    assertThat(Objects.requireNonNull(house.issued.get(tokens.text("access_token"))).binding())
        .isInstanceOf(TokenClaims.Binding.Certificate.class);
    var forApi =
        phone.post(
            "/oauth/token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                "vigil-phone",
                "refresh_token",
                tokens.text("refresh_token"),
                "audience",
                "vigil-api"));
    assertThat(forApi.text("token_type")).isEqualTo("DPoP");
    house.time.pass(Duration.ofDays(1));
    var without =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "vigil-phone",
            "refresh_token",
            forApi.text("refresh_token"),
            "resource",
            "vigil-gateway");
    assertThat(phone.post("/oauth/token", without).text("code")).isEqualTo("oauth.no-certificate");
  }

  @Test
  void before_enrolment_there_is_nothing_but_enrolment() {
    alice();
    browser.open(phone.push(Phone.request()));
    String code = Browser.code(browser.signIn());
    var form =
        Map.of(
            "grant_type",
            "authorization_code",
            "client_id",
            "vigil-phone",
            "code",
            code,
            "code_verifier",
            Phone.VERIFIER,
            "redirect_uri",
            Phone.CALLBACK,
            "audience",
            "vigil-gateway");
    assertThat(phone.post("/oauth/token", form).text("error")).isEqualTo("invalid_target");
    var tokens = signedIn();
    assertThat(
            wire.send(
                    HttpRequest.newBuilder(house.origin.resolve("/me/passkeys"))
                        .header("Authorization", "DPoP " + tokens.text("access_token"))
                        .header(
                            "DPoP",
                            phone.proof(
                                "POST", "/me/passkeys", Optional.of(tokens.text("access_token"))))
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .text("code"))
        .isEqualTo("http.enrolment-required");
  }

  @Test
  void a_second_authentication_joins_the_session_and_another_person_does_not() {
    alice();
    enrolled();
    var first = signedIn();
    house.time.pass(Duration.ofMinutes(30));
    var second = signedIn();
    assertThat(second.text("session")).isEqualTo(first.text("session"));
    assertThat(session(second).authentications()).hasSize(2);
    var bob = new Browser(house, wire);
    bob.register(text(house.invite("bob@bank.example").secret()));
    bob.open(phone.push(Phone.request("acr_values", "passkey")));
    assertThat(bob.signIn().text("code")).isEqualTo("oauth.other-person");
  }

  private static String details(String body) {
    return "[{\"type\":\"vigil_action\",\"app\":\"payments\",\"method\":\"POST\",\"path\":\"/transfers\",\"body\":\""
        + Bytes.of(body.getBytes(StandardCharsets.UTF_8))
        + "\"}]";
  }

  @Test
  void a_transaction_is_shown_then_approved_then_spent_once() {
    house.withPayments();
    alice();
    enrolled();
    String body = "{\"amount\":\"1250.00 EUR\",\"payee\":\"Bäckerei Example\",\"note\":\"x\"}";
    browser.open(phone.push(Phone.request("authorization_details", details(body))));
    var shown = browser.visit();
    assertThat(shown.json().get("transaction").get("members").toString())
        .isEqualTo(
            "[{\"name\":\"amount\",\"value\":\"1250.00"
                + " EUR\"},{\"name\":\"payee\",\"value\":\"Bäckerei Example\"}]");
    var tokens = phone.redeem(Browser.code(browser.signIn()));
    var session = new SessionId(tokens.text("session"));
    var action =
        new Action(
                new AppId("payments"),
                "POST",
                "/transfers",
                Sha256.of(body.getBytes(StandardCharsets.UTF_8)))
            .digest();
    assertThat(house.facts.last(FactsSink.Change.OfApproval.class))
        .isEqualTo(
            new FactsSink.Change.OfApproval(
                session, action, house.time.now().plus(Duration.ofMinutes(2)), false));
    assertThat(house.approvals.spend(session, Sha256.of(new byte[1]))).isFalse();
    assertThat(house.approvals.spend(session, action)).isTrue();
    assertThat(house.approvals.spend(session, action)).isFalse();
    assertThat(house.facts.last(FactsSink.Change.OfApproval.class).spent()).isTrue();
  }

  @Test
  void an_approval_waits_two_minutes_and_the_same_payment_can_be_approved_again() {
    house.withPayments();
    alice();
    enrolled();
    String body = "{\"amount\":5,\"payee\":\"Bob\"}";
    var action =
        new Action(
                new AppId("payments"),
                "POST",
                "/transfers",
                Sha256.of(body.getBytes(StandardCharsets.UTF_8)))
            .digest();
    for (int i = 0; i < 2; i++) {
      browser.open(phone.push(Phone.request("authorization_details", details(body))));
      var session = new SessionId(phone.redeem(Browser.code(browser.signIn())).text("session"));
      house.time.pass(i == 0 ? Duration.ofSeconds(119) : Duration.ofMinutes(2));
      assertThat(house.approvals.spend(session, action)).isEqualTo(i == 0);
    }
  }

  @Test
  void a_transaction_that_cannot_be_shown_exactly_is_refused() {
    house.withPayments();
    for (String body :
        List.of(
            "{\"amount\":1,\"amount\":1000,\"payee\":\"Bob\"}",
            "{\"amount\":1}",
            "{\"amount\":{\"x\":1},\"payee\":\"Bob\"}",
            "{\"amount\":null,\"payee\":\"Bob\"}",
            "not json",
            "{\"amount\":1,\"payee\":\"Bob\\u202Eevil\"}",
            "{\"amount\":1,\"payee\":\"Bob\\n\"}",
            "{\"amount\":1,\"payee\":\"" + "x".repeat(300) + "\"}",
            "{\"amount\":1,\"payee\":\"Bob\"} {}")) {
      assertThat(
              phone
                  .post("/oauth/par", Phone.request("authorization_details", details(body)))
                  .text("error"))
          .as(body)
          .isEqualTo("invalid_authorization_details");
    }
    for (String details :
        List.of(
            "[]",
            "{}",
            "x",
            details("{}").replace("payments", "other"),
            details("{}").replace("/transfers", "/other"),
            details("{}").replace("vigil_action", "other"))) {
      assertThat(
              phone
                  .post("/oauth/par", Phone.request("authorization_details", details))
                  .text("error"))
          .as(details)
          .isEqualTo("invalid_authorization_details");
    }
  }

  @Test
  void an_app_learns_that_the_person_declined() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    assertThat(browser.post("/signin/decline", Map.of()).text("redirect"))
        .startsWith(Phone.CALLBACK + "?error=access_denied&state=state-of-the-app&iss=");
  }

  @Test
  void the_metadata_says_that_requests_must_be_pushed() {
    var metadata = browser.open("/.well-known/oauth-authorization-server");
    assertThat(metadata.json().get("require_pushed_authorization_requests").booleanValue())
        .isTrue();
    assertThat(metadata.text("issuer")).isEqualTo(house.origin.toString());
  }

  @Test
  void nothing_that_changes_state_is_open_to_everyone() {
    assertThat(house.routes.describe())
        .isNotEmpty()
        .noneMatch(line -> !line.startsWith("GET") && line.contains("  everyone  "));
  }
}

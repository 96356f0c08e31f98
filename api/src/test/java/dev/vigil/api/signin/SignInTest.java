// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.TokenClaims;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Signing in over the wire, as it should be.
class SignInTest extends SignInScene {

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
    assertThat(me.text("user_name")).isEqualTo("alice@bank.example");
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
                    "user_name",
                    "Root" + text(secret).substring(0, 4).replaceAll("[^A-Za-z]", "x"),
                    "display_name",
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

  @Test
  void an_app_learns_that_the_person_declined() {
    alice();
    browser.open(phone.push(Phone.request()));
    browser.visit();
    assertThat(browser.post("/signin/decline", Map.of()).text("redirect"))
        .startsWith(Phone.CALLBACK + "?error=access_denied&state=state-of-the-app&iss=");
  }

  @Test
  void the_metadata_names_where_requests_are_pushed() {
    var metadata = browser.open("/.well-known/oauth-authorization-server");
    assertThat(metadata.text("pushed_authorization_request_endpoint"))
        .isEqualTo(house.origin + "/oauth/par");
    assertThat(metadata.text("issuer")).isEqualTo(house.origin.toString());
  }

  @Test
  void nothing_that_changes_state_is_open_to_everyone_but_messages_that_prove_themselves() {
    assertThat(house.routes.describe())
        .isNotEmpty()
        .filteredOn(line -> !line.startsWith("GET") && line.contains("  everyone  "))
        .allMatch(line -> line.contains("  /saml/slo  ") || line.contains("  /saml/sso  "));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Ending;
import dev.vigil.admission.openid.LogoutDelivery;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What hangs from a sign-in at an app, and how it ends.
class OpenIdLifeTest extends OpenIdScene {

  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private boolean active(WebApp asking, String token) {
    var answer = asking.post("/oauth/introspect", Map.of("token", token));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("active").asBoolean(false);
  }

  private void endEverySession() {
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .liveSessions(work.now())
              .forEach(session -> Ending.end(work, session, "the person left"));
          return true;
        });
  }

  @Test
  void a_confidential_client_refreshes_with_the_same_token_after_a_new_decision() {
    registered();
    var first = tokens();
    var again = payroll.refresh(first.text("refresh_token"));
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.json().has("refresh_token")).isFalse();
    house.openId.decision = new AppDecisions.Denied("dec_rooted");
    assertThat(payroll.refresh(first.text("refresh_token")).text("error"))
        .isEqualTo("invalid_grant");
    assertThat(house.events()).contains("token-refused");
    house.openId.decision = new AppDecisions.Allowed("dec_1");
    assertThat(payroll.refresh(first.text("refresh_token")).status()).isEqualTo(200);
    assertThat(
            payroll
                .post(
                    "/oauth/token",
                    Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        first.text("refresh_token"),
                        "scope",
                        "openid groups"))
                .text("error"))
        .isEqualTo("invalid_scope");
  }

  @Test
  void the_end_of_a_session_ends_everything_at_once_and_the_app_is_told_until_it_listens() {
    registered();
    var tokens = tokens();
    assertThat(active(payroll, tokens.text("access_token"))).isTrue();
    endEverySession();
    assertThat(active(payroll, tokens.text("access_token"))).isFalse();
    assertThat(payroll.refresh(tokens.text("refresh_token")).text("error"))
        .isEqualTo("invalid_grant");
    assertThat(browser.open(payroll.push(payroll.request())).body()).contains("sign-in.js");
    var sent = new ArrayList<String>();
    var deaf = new LogoutDelivery(house.changes, house.openId, (_, _) -> false);
    var hearing =
        new LogoutDelivery(
            house.changes, house.openId, (address, token) -> sent.add(address + " " + token));
    assertThat(deaf.run()).isZero();
    assertThat(hearing.run()).isZero();
    house.time.pass(Duration.ofSeconds(6));
    assertThat(hearing.run()).isOne();
    assertThat(sent.getFirst()).startsWith("https://payroll.example/logout logout-");
    assertThat(hearing.run()).isZero();
    assertThat(house.events()).contains("app-signed-out");
  }

  @Test
  void an_app_that_never_listens_is_given_up_and_that_is_recorded() {
    registered();
    tokens();
    endEverySession();
    var deaf = new LogoutDelivery(house.changes, house.openId, (_, _) -> false);
    for (int round = 0; round < 20; round++) {
      deaf.run();
      house.time.pass(Duration.ofHours(3));
    }
    assertThat(house.events()).containsOnlyOnce("app-sign-out-failed");
  }

  @Test
  void the_app_sends_the_browser_to_sign_out() {
    registered();
    var tokens = tokens();
    var out =
        browser.open(
            "/oauth/logout?id_token_hint="
                + tokens.text("id_token")
                + "&post_logout_redirect_uri=https://payroll.example/bye&state=s1");
    assertThat(out.header("location")).contains("https://payroll.example/bye?state=s1");
    assertThat(active(payroll, tokens.text("access_token"))).isFalse();
    assertThat(house.events()).contains("session-revoked");
  }

  @Test
  void a_forged_hint_or_another_address_signs_nobody_out() {
    registered();
    var tokens = tokens();
    assertThat(browser.open("/oauth/logout?id_token_hint=forged").status()).isEqualTo(400);
    var elsewhere =
        browser.open(
            "/oauth/logout?id_token_hint="
                + tokens.text("id_token")
                + "&post_logout_redirect_uri=https://evil.example/");
    assertThat(elsewhere.status()).isEqualTo(400);
    assertThat(elsewhere.header("location")).isEmpty();
    var victim = new Browser(house, wire);
    victim.open("/oauth/logout?id_token_hint=" + tokens.text("id_token"));
    assertThat(active(payroll, tokens.text("access_token"))).isTrue();
    assertThat(house.events()).contains("sign-out-refused");
  }

  @Test
  void a_client_revokes_what_is_its_own() {
    registered();
    var tokens = tokens();
    var other = new WebApp(house, wire, "other-app");
    house.openId.register(other.registration(Profile.FAPI2));
    assertThat(other.post("/oauth/revoke", Map.of("token", tokens.text("refresh_token"))).status())
        .isEqualTo(200);
    assertThat(payroll.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    assertThat(
            payroll.post("/oauth/revoke", Map.of("token", tokens.text("refresh_token"))).status())
        .isEqualTo(200);
    assertThat(payroll.refresh(tokens.text("refresh_token")).status()).isEqualTo(400);
  }

  @Test
  void a_client_learns_nothing_of_another_apps_tokens() {
    registered();
    var tokens = tokens();
    var other = new WebApp(house, wire, "other-app");
    var mine = other.registration(Profile.FAPI2);
    house.openId.register(at(mine, "elsewhere", Set.of()));
    assertThat(active(other, tokens.text("access_token"))).isFalse();
    assertThat(active(payroll, tokens.text("access_token"))).isTrue();
    house.openId.decision = new AppDecisions.Denied("dec_9");
    assertThat(active(payroll, tokens.text("access_token"))).isFalse();
  }

  static RegisteredClient at(RegisteredClient one, String app, Set<AppId> calls) {
    return new RegisteredClient(
        one.id(),
        one.name(),
        one.kind(),
        one.profile(),
        one.method(),
        new AppId(app),
        one.redirects(),
        one.afterLogout(),
        one.backchannelLogout(),
        one.scopes(),
        calls,
        one.machine());
  }

  @Test
  void a_client_calls_another_app_for_a_person_and_never_gets_more() {
    registered();
    var tokens = tokens();
    var service = new WebApp(house, wire, "payroll-backend");
    house.openId.register(
        at(service.registration(Profile.FAPI2), "payroll", Set.of(new AppId("ledger"))));
    var answer = service.post("/oauth/token", exchange(tokens.text("access_token"), "ledger"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("issued_token_type")).isEqualTo(ACCESS_TOKEN);
    var fresh = Objects.requireNonNull(house.openId.accesses.get(answer.text("access_token")));
    assertThat(fresh.app()).contains(new AppId("ledger"));
    assertThat(fresh.actors()).containsExactly("payroll-backend");
    assertThat(house.openId.asked.getLast().app()).isEqualTo(new AppId("ledger"));
    assertThat(
            service
                .post("/oauth/token", exchange(tokens.text("access_token"), "vault"))
                .text("error"))
        .isEqualTo("invalid_target");
    var wider = new java.util.HashMap<>(exchange(tokens.text("access_token"), "ledger"));
    wider.put("scope", "payslips.read");
    assertThat(service.post("/oauth/token", wider).text("error")).isEqualTo("invalid_scope");
    house.openId.decision = new AppDecisions.Denied("dec_5");
    assertThat(
            service
                .post("/oauth/token", exchange(tokens.text("access_token"), "ledger"))
                .text("error"))
        .isEqualTo("invalid_grant");
    house.openId.decision = new AppDecisions.Allowed("dec_1");
    endEverySession();
    assertThat(
            service
                .post("/oauth/token", exchange(tokens.text("access_token"), "ledger"))
                .text("error"))
        .isEqualTo("invalid_grant");
  }

  private static Map<String, String> exchange(String token, String app) {
    return Map.of(
        "grant_type",
        EXCHANGE,
        "subject_token",
        token,
        "subject_token_type",
        ACCESS_TOKEN,
        "audience",
        app);
  }

  private Wire.Answer userInfo(String scheme, String token, Optional<String> proof) {
    var request =
        HttpRequest.newBuilder(URI.create(house.origin + "/oauth/userinfo"))
            .header("Authorization", scheme + " " + token);
    proof.ifPresent(text -> request.header("DPoP", text));
    return wire.send(request);
  }

  @Test
  void who_the_person_is_is_told_to_the_holder_of_the_key_only() {
    registered();
    String token = tokens().text("access_token");
    var proof = payroll.dpop.proof("GET", "/oauth/userinfo", Optional.of(token));
    assertThat(userInfo("DPoP", token, Optional.of(proof)).text("preferred_username"))
        .isEqualTo("alice@bank.example");
    assertThat(userInfo("Bearer", token, Optional.empty()).status()).isEqualTo(401);
    assertThat(userInfo("DPoP", token, Optional.of(proof)).status()).isEqualTo(401);
    var thief = new Phone(house, wire).proof("GET", "/oauth/userinfo", Optional.of(token));
    assertThat(userInfo("DPoP", token, Optional.of(thief)).status()).isEqualTo(401);
    house.openId.decision =
        new AppDecisions.StepUp("dec_6", Optional.empty(), Optional.of(60L), List.of());
    var stale = payroll.dpop.proof("GET", "/oauth/userinfo", Optional.of(token));
    assertThat(userInfo("DPoP", token, Optional.of(stale)).header("www-authenticate").orElseThrow())
        .contains("insufficient_user_authentication", "max_age=\"60\"");
  }

  @Test
  void a_device_beside_the_browser_counts_in_the_decision() {
    registered();
    DeviceId device = enrolled();
    browser.open(payroll.push(payroll.request()));
    browser.visit();
    String ticket = browser.post("/signin/ticket", Map.of()).text("ticket");
    assertThat(bind(new Phone(house, wire), ticket).status()).isEqualTo(403);
    assertThat(bind(phone, ticket).status()).isEqualTo(204);
    assertThat(bind(phone, ticket).status()).isEqualTo(400);
    var signedIn = browser.signIn();
    var back = browser.open(signedIn.text("redirect"));
    assertThat(house.openId.asked.getLast().device()).contains(device);
    assertThat(payroll.redeem(WebApp.code(back)).status()).isEqualTo(200);
    assertThat(house.openId.asked.getLast().device()).contains(device);
    assertThat(house.events()).contains("sign-in-device-shown");
  }

  @Test
  void a_ticket_is_good_for_a_minute() {
    registered();
    enrolled();
    browser.open(payroll.push(payroll.request()));
    browser.visit();
    String ticket = browser.post("/signin/ticket", Map.of()).text("ticket");
    house.time.pass(Duration.ofSeconds(61));
    assertThat(bind(phone, ticket).status()).isEqualTo(400);
  }

  @Test
  void a_browser_is_forgotten_after_an_hour_without_use() {
    registered();
    tokens();
    house.time.pass(Duration.ofMinutes(50));
    assertThat(browser.open(payroll.push(payroll.request())).status()).isEqualTo(303);
    house.time.pass(Duration.ofMinutes(50));
    assertThat(browser.open(payroll.push(payroll.request())).status()).isEqualTo(303);
    house.time.pass(Duration.ofMinutes(61));
    assertThat(browser.open(payroll.push(payroll.request())).body()).contains("sign-in.js");
  }
}

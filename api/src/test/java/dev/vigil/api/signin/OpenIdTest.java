// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Session;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Signing in to registered apps over the wire.
class OpenIdTest extends OpenIdScene {

  @Test
  void a_web_app_gets_an_id_token_after_a_decision() {
    registered();
    var answer = tokens();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("token_type")).isEqualTo("DPoP");
    var id = Objects.requireNonNull(house.openId.ids.get(answer.text("id_token")));
    assertThat(id.client()).isEqualTo("payroll");
    assertThat(id.nonce()).contains("its-nonce");
    assertThat(id.how().strength()).isEqualTo(Strength.PASSKEY_HARDWARE);
    assertThat(id.person()).containsEntry("preferred_username", "alice@bank.example");
    var session = house.changes.read(view -> view.session(id.session())).orElseThrow();
    assertThat(session.binding()).isEqualTo(new Session.Binding.Cookie());
    assertThat(house.openId.asked).hasSize(2);
    assertThat(house.events()).contains("session-started", "app-signed-in");
  }

  @Test
  void a_second_app_is_signed_in_without_asking_again() {
    registered();
    tokens();
    var second = browser.open(payroll.push(payroll.request()));
    assertThat(second.status()).isEqualTo(303);
    assertThat(payroll.redeem(WebApp.code(second)).status()).isEqualTo(200);
    house.time.pass(Duration.ofSeconds(1));
    assertThat(browser.open(payroll.push(payroll.request("prompt", "login"))).status())
        .isEqualTo(200);
    house.time.pass(Duration.ofMinutes(10));
    assertThat(browser.open(payroll.push(payroll.request("max_age", "60"))).body())
        .contains("sign-in.js");
    assertThat(browser.open(payroll.push(payroll.request("max_age", "6000"))).status())
        .isEqualTo(303);
  }

  @Test
  void the_answer_names_the_issuer_and_the_state() {
    registered();
    var where = arrive(payroll.push(payroll.request())).header("location").orElseThrow();
    assertThat(where).contains("&state=its-state&iss=http%3A%2F%2Flocalhost%3A");
  }

  @Test
  void nobody_is_asked_anything_when_the_app_says_so() {
    registered();
    var silent = payroll.request("prompt", "none");
    assertThat(browser.open(payroll.push(silent)).header("location").orElseThrow())
        .startsWith(WebApp.CALLBACK + "?error=login_required&state=its-state");
    tokens();
    house.openId.decision = new AppDecisions.Remediate("dec_2", List.of());
    assertThat(browser.open(payroll.push(silent)).header("location").orElseThrow())
        .contains("?error=interaction_required");
    house.openId.decision = new AppDecisions.Denied("dec_3");
    assertThat(browser.open(payroll.push(silent)).header("location").orElseThrow())
        .contains("?error=access_denied");
  }

  @Test
  void a_person_who_is_refused_sees_what_to_fix_and_the_app_learns_nothing() {
    registered();
    house.openId.decision =
        new AppDecisions.Remediate(
            "dec_7", List.of(new AppDecisions.Fix("update-os", "Update <Android>.")));
    var page = arrive(payroll.push(payroll.request()));
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.body()).contains("Update &lt;Android&gt;.", "dec_7");
    var path = page.body().replaceAll("(?s).*href=\"(/oauth/continue[^\"]*)\".*", "$1");
    var back = browser.open(path.replace("&amp;", "&")).header("location").orElseThrow();
    assertThat(back)
        .startsWith(WebApp.CALLBACK + "?error=access_denied&state=")
        .doesNotContain("update");
  }

  @Test
  void a_decision_that_changed_before_the_code_was_redeemed_gives_nothing() {
    registered();
    String code = WebApp.code(arrive(payroll.push(payroll.request())));
    house.openId.decision = new AppDecisions.Denied("dec_3");
    var answer = payroll.redeem(code);
    assertThat(answer.text("error")).isEqualTo("invalid_grant");
    assertThat(answer.body()).doesNotContain("token\":");
    assertThat(house.events()).contains("token-refused");
  }

  @Test
  void step_up_asks_for_what_the_policies_want() {
    registered();
    house.openId.decision =
        new AppDecisions.StepUp(
            "dec_4", Optional.of(Strength.PASSKEY_HARDWARE), Optional.empty(), List.of());
    var page = arrive(payroll.push(payroll.request()));
    assertThat(page.body()).contains("sign-in.js");
    assertThat(browser.visit().text("strength")).isEqualTo("passkey-hardware");
    house.openId.decision = new AppDecisions.Allowed("dec_5");
    var signedIn = browser.signIn();
    assertThat(payroll.redeem(WebApp.code(browser.open(signedIn.text("redirect")))).status())
        .isEqualTo(200);
  }

  @Test
  void software_that_can_do_no_more_gets_plain_openid_connect_with_pkce() {
    registered(Profile.PLAIN);
    var query = new StringBuilder("/oauth/authorize?");
    payroll
        .request()
        .forEach((name, value) ->
            query.append(name).append('=').append(value.replace(" ", "+")).append('&'));
    String code = WebApp.code(arrive(query.append("x=y").toString()));
    var answer = payroll.plain("/oauth/token", payroll.redemption(code));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var access = Objects.requireNonNull(house.openId.accesses.get(answer.text("access_token")));
    assertThat(access.app()).isEmpty();
    assertThat(access.binding()).isEmpty();
  }
}

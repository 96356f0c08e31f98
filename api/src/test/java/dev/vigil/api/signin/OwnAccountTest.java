// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.DeviceId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A person's own account in a browser: what they see and end, and what nobody else can.
class OwnAccountTest extends SignInScene {

  @BeforeEach
  void alice_is_signed_in_at_her_account() {
    alice();
    assertThat(enter(browser).text("redirect")).isEqualTo("/my");
    browser.csrf = account(browser).text("csrf");
  }

  private static Wire.Answer enter(Browser who) {
    who.open("/my");
    return who.signIn();
  }

  private static Wire.Answer account(Browser who) {
    return who.open("/my/account");
  }

  /// The sign-in for the phone goes through the same browser, with a CSRF token of its own.
  private Wire.Answer onThePhone() {
    var tokens = signedIn();
    browser.csrf = account(browser).text("csrf");
    return tokens;
  }

  private String only(String list) {
    return account(browser).json().get(list).get(0).get("id").stringValue();
  }

  @Test
  void everything_of_ones_own_is_shown_and_nothing_else() {
    DeviceId device = enrolled();
    signedIn();
    var mine = account(browser).json();
    assertThat(mine.get("user_name").stringValue()).isEqualTo("alice@bank.example");
    assertThat(mine.get("passkeys")).hasSize(1);
    assertThat(mine.get("devices").get(0).get("id").stringValue()).isEqualTo(device.value());
    assertThat(mine.get("sessions")).hasSize(2);
    assertThat(mine.toString()).doesNotContain("public_key");
  }

  @Test
  void a_session_that_is_ended_here_is_over_there() {
    var phoneSession = onThePhone();
    var ended = browser.post("/my/sessions/" + phoneSession.text("session") + "/end", Map.of());
    assertThat(ended.status()).isEqualTo(200);
    assertThat(session(phoneSession).ended()).isPresent();
    assertThat(phone.refresh(phoneSession.text("refresh_token")).status()).isEqualTo(400);
  }

  @Test
  void signing_out_everywhere_ends_this_browser_too() {
    var phoneSession = onThePhone();
    assertThat(browser.post("/my/sign-out-everywhere", Map.of()).status()).isEqualTo(200);
    assertThat(session(phoneSession).ended()).isPresent();
    assertThat(account(browser).text("code")).isEqualTo("http.signed-out");
  }

  @Test
  void a_lost_phone_is_revoked_by_whoever_lost_it() {
    DeviceId device = enrolled();
    assertThat(browser.post("/my/devices/" + device + "/revoke", Map.of()).status()).isEqualTo(200);
    assertThat(house.changes.read(view -> view.device(device)).orElseThrow().active()).isFalse();
  }

  @Test
  void nobody_ends_or_sees_what_belongs_to_somebody_else() {
    DeviceId hers = enrolled();
    String session = only("sessions");
    var mallory = new Browser(house, wire);
    assertThat(mallory.register(text(house.invite("mallory@bank.example").secret())).status())
        .isEqualTo(200);
    enter(mallory);
    mallory.csrf = account(mallory).text("csrf");
    assertThat(mallory.post("/my/sessions/" + session + "/end", Map.of()).status()).isEqualTo(404);
    assertThat(mallory.post("/my/devices/" + hers + "/revoke", Map.of()).status()).isEqualTo(404);
    assertThat(
            mallory
                .post("/my/passkeys/" + only("passkeys") + "/name", Map.of("name", "mine"))
                .status())
        .isEqualTo(404);
    assertThat(account(mallory).json().get("devices")).isEmpty();
    assertThat(mallory.post("/my/sessions/..%2f/end", Map.of()).status()).isIn(400, 404);
  }

  @Test
  void what_is_known_about_a_phone_is_shown_to_whoever_it_belongs_to() {
    DeviceId device = KnownPhone.in(house);
    house.lookedAt.add("device.patch_date");
    house.lookedAt.add("device.system_support_ends");
    assertThat(account(browser).json().get("devices").get(0).get("test_root").asBoolean()).isTrue();
    var answer = known(browser, device.value());
    assertThat(answer.status()).isEqualTo(200);
    var shown = answer.json();
    assertThat(shown.get("test_root").asBoolean()).isTrue();
    assertThat(shown.get("groups").valueStream().map(one -> one.get("purpose").asString()))
        .containsExactly("updates", "protection", "key", "app", "management");
    var updates = shown.get("groups").get(0).get("signals");
    assertThat(updates.valueStream().filter(one -> one.get("looked_at").asBoolean()))
        .extracting(one -> one.get("name").asString())
        .containsExactly("platform", "os_version", "patch_date");
    var version = updates.get(2);
    assertThat(version.get("value").asString()).isEqualTo("17");
    assertThat(version.get("from").asString()).isEqualTo("product");
    assertThat(version.get("others").get(0).get("value").asString()).isEqualTo("16");
    assertThat(shown.get("contradictions").valueStream())
        .extracting(one -> one.get("against").get("name").asString())
        .containsExactlyInAnyOrder("compliant", "rooted");
  }

  @Test
  void what_has_expired_is_not_known_any_more() {
    DeviceId device = KnownPhone.in(house);
    house.time.pass(Duration.ofDays(8));
    enter(browser);
    var shown = known(browser, device.value()).json();
    assertThat(shown.get("groups")).isEmpty();
    assertThat(shown.get("test_root").asBoolean()).isFalse();
  }

  @Test
  void what_is_known_about_a_phone_is_nobody_elses_business() {
    DeviceId hers = KnownPhone.in(house);
    var mallory = new Browser(house, wire);
    assertThat(mallory.register(text(house.invite("mallory@bank.example").secret())).status())
        .isEqualTo(200);
    assertThat(known(mallory, hers.value()).text("code")).isEqualTo("http.signed-out");
    enter(mallory);
    var refused = known(mallory, hers.value());
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text("code")).isEqualTo("devices.unknown");
    var none = known(mallory, "dev_aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assertThat(none.json().without("reference"))
        .as("nobody learns which ids there are")
        .isEqualTo(refused.json().without("reference"));
    assertThat(known(mallory, "dev_nothing").status()).isEqualTo(404);
    assertThat(known(mallory, "..%2f..%2faccount").status()).isIn(400, 404);
  }

  private static Wire.Answer known(Browser who, String device) {
    return who.open("/my/devices/" + device + "/known");
  }

  @Test
  void another_site_can_make_the_browser_do_nothing() {
    String csrf = browser.csrf;
    browser.csrf = "guessed";
    assertThat(browser.post("/my/sign-out-everywhere", Map.of()).status()).isEqualTo(403);
    browser.csrf = csrf;
    browser.origin = "https://evil.example";
    assertThat(browser.post("/my/sign-out-everywhere", Map.of()).status()).isEqualTo(403);
    browser.origin = house.origin.toString();
    assertThat(account(browser).status()).isEqualTo(200);
  }

  @Test
  void a_browser_that_was_left_open_adds_and_removes_no_passkey() {
    house.time.pass(Duration.ofMinutes(11));
    browser.csrf = account(browser).text("csrf");
    assertThat(browser.post("/my/passkeys", Map.of()).text("code")).isEqualTo("sign-in.again");
    assertThat(browser.post("/my/passkeys/" + only("passkeys") + "/remove", Map.of()).text("code"))
        .isEqualTo("sign-in.again");
    browser.open("/my/sign-in");
    browser.signIn();
    browser.csrf = account(browser).text("csrf");
    assertThat(browser.post("/my/passkeys", Map.of()).text("link")).contains("/invite#");
  }

  @Test
  void the_only_passkey_stays() {
    assertThat(browser.post("/my/passkeys/" + only("passkeys") + "/remove", Map.of()).text("code"))
        .isEqualTo("passkeys.last");
  }
}

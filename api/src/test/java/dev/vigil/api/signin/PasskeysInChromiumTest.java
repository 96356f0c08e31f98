// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.vigil.identity.Passkey;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Authenticators that cannot or will not, in a real browser.
class PasskeysInChromiumTest {

  private static JsonObject options() {
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    return options;
  }

  /// A page with an authenticator, and the wire to tell the authenticator what to do.
  private record Desk(Page page, CDPSession wire, String authenticator, House house) {

    JsonObject about() {
      var about = new JsonObject();
      about.addProperty("authenticatorId", authenticator);
      return about;
    }

    void verified(boolean verified) {
      var about = about();
      about.addProperty("isUserVerified", verified);
      wire.send("WebAuthn.setUserVerified", about);
    }

    /// Clicks on the invitation and waits for what comes of it.
    String register() {
      page.navigate(PersonRoutes.link(house.origin, house.invite("alice@bank.example")));
      page.locator("button").waitFor();
      page.locator("button").click();
      return outcome();
    }

    String outcome() {
      var end = page.locator(".done, #message.shown").first();
      end.waitFor();
      return end.innerText();
    }

    List<Passkey> passkeys() {
      return house.changes.read(view -> view.passkeysOf(view.subjects().getFirst().id()));
    }
  }

  private static void at(JsonObject options, BiConsumer<Desk, House> scene) {
    try (var playwright = ChromiumTest.playwright();
        var house = new House()) {
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(ChromiumTest.CHROMIUM)
                      .setHeadless(true)
                      .setArgs(ChromiumTest.FLAGS));
      var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844));
      var page = context.newPage();
      var wire = context.newCDPSession(page);
      wire.send("WebAuthn.enable");
      var authenticator = new JsonObject();
      authenticator.add("options", options);
      var id = wire.send("WebAuthn.addVirtualAuthenticator", authenticator);
      scene.accept(new Desk(page, wire, id.get("authenticatorId").getAsString(), house), house);
      browser.close();
    }
  }

  @Test
  void whoever_fails_to_verify_registers_nothing_and_may_try_again() {
    at(
        options(),
        (desk, house) -> {
          desk.verified(false);
          assertThat(desk.register()).isNotEmpty();
          assertThat(desk.passkeys()).isEmpty();
          desk.verified(true);
          desk.page().locator("button").click();
          desk.page().locator(".done").waitFor();
          assertThat(desk.passkeys()).hasSize(1);
        });
  }

  @Test
  void a_synced_passkey_is_told_from_a_device_bound_one() {
    var synced = options();
    synced.addProperty("defaultBackupEligibility", true);
    synced.addProperty("defaultBackupState", true);
    at(
        synced,
        (desk, house) -> {
          assertThat(desk.register()).contains("Welcome");
          assertThat(desk.passkeys().getFirst().backupEligible()).isTrue();
          assertThat(desk.passkeys().getFirst().backedUp()).isTrue();
        });
    at(
        options(),
        (desk, house) -> {
          assertThat(desk.register()).contains("Welcome");
          assertThat(desk.passkeys().getFirst().backupEligible()).isFalse();
        });
  }

  @Test
  void an_authenticator_without_room_registers_nothing() {
    at(
        options(),
        (desk, house) -> {
          assertThat(fill(desk)).matches("[A-Za-z]+Error after [1-9][0-9]*");
          assertThat(desk.register()).doesNotContain("Welcome");
          assertThat(desk.passkeys()).isEmpty();
          assertThat(house.events()).doesNotContain("passkey-registered");
        });
  }

  @Test
  void an_authenticator_that_keeps_nothing_registers_nothing() {
    var forgetful = options();
    forgetful.addProperty("hasResidentKey", false);
    at(
        forgetful,
        (desk, house) -> {
          assertThat(desk.register()).doesNotContain("Welcome");
          assertThat(desk.passkeys()).isEmpty();
        });
  }

  /// Other people's passkeys of this site, until the authenticator takes no more.
  private static String fill(Desk desk) {
    desk.page().navigate(desk.house().origin.toString());
    return String.valueOf(
        desk.page()
            .evaluate(
                """
                async () => {
                  for (let i = 0; i < 1000; i++) {
                    const id = new Uint8Array([1, i >> 8, i & 255]);
                    try {
                      await navigator.credentials.create({publicKey: {
                        challenge: id, rp: {id: 'localhost', name: 'x'},
                        user: {id, name: 'u' + i, displayName: 'u' + i},
                        pubKeyCredParams: [{type: 'public-key', alg: -7}],
                        authenticatorSelection: {residentKey: 'required', userVerification: 'required'},
                        timeout: 5000}});
                    } catch (error) { return error.name + ' after ' + i; }
                  }
                  return 'endless';
                }
                """));
  }
}

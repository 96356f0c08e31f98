// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.vigil.kernel.Bytes;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The pages in a real browser with a virtual authenticator. Skipped by name where Chromium or Node
/// is missing.
class ChromiumTest {

  static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static Optional<Path> node() {
    return Arrays.stream(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Playwright playwright() {
    assumeTrue(Files.isExecutable(CHROMIUM), "skipped: `chromium` is not installed");
    assumeTrue(node().isPresent(), "skipped: `node` is not installed");
    return Playwright.create(
        new Playwright.CreateOptions()
            .setEnv(
                Map.of(
                    "PLAYWRIGHT_NODEJS_PATH",
                    node().orElseThrow().toString(),
                    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                    "1")));
  }

  static Page page(Browser browser) {
    var context = browser.newContext(new Browser.NewContextOptions().setViewportSize(390, 844));
    var page = context.newPage();
    var session = context.newCDPSession(page);
    session.send("WebAuthn.enable");
    var options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    var authenticator = new JsonObject();
    authenticator.add("options", options);
    session.send("WebAuthn.addVirtualAuthenticator", authenticator);
    return page;
  }

  static void picture(Page page, String name) {
    String folder = System.getProperty("vigil.pictures", "");
    if (!folder.isEmpty())
      page.screenshot(
          new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
  }

  @Test
  void an_invited_person_registers_signs_in_and_approves_in_a_real_browser() {
    try (var playwright = playwright();
        var house = new House()) {
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(CHROMIUM)
                      .setHeadless(true)
                      .setArgs(FLAGS));
      var page = page(browser);
      house.withPayments();
      register(page, house);
      var phone = new Phone(house, new Wire());
      assertThat(phone.redeem(signedIn(page, house, phone)).status()).isEqualTo(200);
      approve(page, house, phone);
      browser.close();
    }
  }

  static void register(Page page, House house) {
    page.navigate(PersonRoutes.link(house.origin, house.invite("alice@bank.example")));
    page.locator("button").waitFor();
    picture(page, "invited");
    assertThat(page.locator("h1").innerText()).isEqualTo("Welcome, Alice Example");
    assertThat(page.url()).doesNotContain("#");
    page.locator("button").click();
    page.locator(".done").waitFor();
    picture(page, "registered");
    assertThat(page.locator(".done").innerText()).isEqualTo("Welcome, alice@bank.example.");
  }

  private static String signedIn(Page page, House house, Phone phone) {
    page.route(
        Phone.CALLBACK + "**",
        route ->
            route.fulfill(
                new com.microsoft.playwright.Route.FulfillOptions()
                    .setStatus(200)
                    .setBody("back in the app")));
    page.navigate(house.origin + phone.push(Phone.request()));
    page.locator("button").first().waitFor();
    picture(page, "sign-in");
    assertThat(page.locator("h1").innerText()).isEqualTo("Sign in");
    return arrived(page);
  }

  private static String arrived(Page page) {
    page.locator("button").first().click();
    page.waitForURL(Phone.CALLBACK + "**");
    String url = page.url();
    return url.substring(url.indexOf("code=") + 5, url.indexOf('&'));
  }

  private static void approve(Page page, House house, Phone phone) {
    String body = "{\"amount\":\"1250.00 EUR\",\"payee\":\"Corner Bakery\"}";
    String details =
        "[{\"type\":\"vigil_action\",\"app\":\"payments\",\"method\":\"POST\",\"path\":\"/transfers\",\"body\":\""
            + Bytes.of(body.getBytes(StandardCharsets.UTF_8))
            + "\"}]";
    page.navigate(house.origin + phone.push(Phone.request("authorization_details", details)));
    page.locator("button").first().waitFor();
    picture(page, "approve");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    picture(page, "approve-dark");
    assertThat(page.locator("dl").innerText())
        .contains("amount", "1250.00 EUR", "payee", "Corner Bakery");
    assertThat(page.locator("button").first().innerText())
        .isEqualTo("Approve: 1250.00 EUR, Corner Bakery");
    assertThat(phone.redeem(arrived(page)).status()).isEqualTo(200);
    assertThat(house.events()).contains("transaction-approved");
  }

  @Test
  void a_used_invitation_says_what_to_do() {
    try (var playwright = playwright();
        var house = new House()) {
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(CHROMIUM)
                      .setHeadless(true)
                      .setArgs(FLAGS));
      var page = page(browser);
      page.navigate(house.origin + "/invite#AAAA");
      page.locator("#message.shown").waitFor();
      picture(page, "refused");
      assertThat(page.locator("#message").innerText())
          .contains("This link has expired or was used.", "Ask an administrator for a new one.");
      page.navigate(house.origin + "/oauth/authorize?client_id=vigil-phone");
      assertThat(page.locator("#message").innerText())
          .contains("The authorization request was not pushed.");
      browser.close();
    }
  }
}

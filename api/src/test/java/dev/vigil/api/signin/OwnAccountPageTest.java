// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.AppOutlook;
import dev.vigil.kernel.AppId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The page of a person's own account in a real browser, by keyboard alone where it matters.
class OwnAccountPageTest {

  private static Browser chromium(com.microsoft.playwright.Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(ChromiumTest.CHROMIUM)
                .setHeadless(true)
                .setArgs(ChromiumTest.FLAGS));
  }

  private static void outlook(House house) {
    house.outlook.add(
        new AppOutlook.Outlook(new AppId("canteen"), new AppDecisions.Allowed("dec_1")));
    house.outlook.add(
        new AppOutlook.Outlook(
            new AppId("payments"),
            new AppDecisions.Remediate(
                "dec_2",
                List.of(
                    new AppDecisions.Fix(
                        "update-os", "Install the security update of October or later.")))));
  }

  @Test
  void a_person_sees_renames_and_ends_what_is_theirs() {
    try (var playwright = ChromiumTest.playwright();
        var house = new House()) {
      var browser = chromium(playwright);
      var page = ChromiumTest.page(browser);
      outlook(house);
      ChromiumTest.register(page, house);
      page.navigate(house.origin + "/my");
      page.locator("button").first().waitFor();
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      page.locator(".cards").first().waitFor();
      page.getByText("payments").waitFor();
      ChromiumTest.picture(page, "my");
      assertThat(page.locator("main").innerText())
          .contains("Alice Example", "stays on one device", "this browser", "canteen")
          .contains("Install the security update of October or later.");
      rename(page);
      german(page);
      page.getByText("Überall abmelden").click();
      page.locator(".sure button").first().click();
      page.getByText("Alle Ihre Sitzungen sind beendet.").waitFor();
      assertThat(house.events()).contains("passkey-renamed", "session-revoked");
      browser.close();
    }
  }

  @Test
  void a_person_reads_what_is_known_about_their_phone_and_nothing_in_it_is_markup() {
    try (var playwright = ChromiumTest.playwright();
        var house = new House()) {
      var browser = chromium(playwright);
      var page = ChromiumTest.page(browser);
      page.onDialog(dialog -> {
        throw new AssertionError("a value ran: " + dialog.message());
      });
      ChromiumTest.register(page, house);
      KnownPhone.in(house);
      house.lookedAt.add("device.patch_date");
      page.navigate(house.origin + "/my");
      page.locator("button").first().click();
      opened(page);
      ChromiumTest.picture(page, "known");
      page.setViewportSize(1100, 800);
      ChromiumTest.picture(page, "known-wide");
      assertThat(page.locator(".badge").innerText()).isEqualTo("test root");
      assertThat(page.locator(".known").innerText())
          .contains(KnownPhone.HOSTILE, "From the app on the phone: counts least")
          .contains("Security update of the system", "Sep 5, 2026")
          .contains(
              "From the phone's hardware (test root): for development only", "How much it counts")
          .contains("in a security chip of its own (StrongBox)")
          .contains("The product “intune” of your organisation says “Meets the rules of the")
          .contains(
              ", but the phone's hardware (test root) says “Bootloader locked: no”. The latter")
          .contains("No rule looks at this at present.")
          .contains("In privacy mode")
          .doesNotContain("own.known", "signal.", "undefined");
      assertThat(page.locator("img").count()).isZero();
      assertThat(page.locator(".cards strong b").count()).isZero();
      page.context().setExtraHTTPHeaders(Map.of("Accept-Language", "de-CH,de;q=0.9"));
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.reload();
      opened(page);
      ChromiumTest.picture(page, "known-german-dark");
      assertThat(page.locator(".known").innerText())
          .contains("Sicherheitsupdate des Systems", "Die App auf dem Telefon: zählt am wenigsten")
          .doesNotContain("own.known", "signal.", "undefined");
      browser.close();
    }
  }

  /// By keyboard, as a part that opens and closes.
  private static void opened(Page page) {
    page.locator("summary").focus();
    page.keyboard().press("Enter");
    page.locator(".known dl").first().waitFor();
    assertThat(page.locator("details").getAttribute("open")).isNotNull();
  }

  private static void rename(Page page) {
    page.getByText("Rename").click();
    page.locator("input").fill("blue key");
    page.keyboard().press("Enter");
    page.getByText("blue key").waitFor();
  }

  private static void german(Page page) {
    page.context().setExtraHTTPHeaders(Map.of("Accept-Language", "de-CH,de;q=0.9"));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.reload();
    page.getByText("Überall abmelden").waitFor();
    page.getByText("payments").waitFor();
    ChromiumTest.picture(page, "my-german-dark");
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Signing out on the page of one's own account in a real browser, which tells a SAML app.
class SamlLogoutPageTest {

  private static final String APP = "https://crm.example/saml";

  @Test
  void the_pages_forms_post_themselves_under_their_policy_and_the_app_is_told() {
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
      var page = ChromiumTest.page(browser);
      List<String> sent = new ArrayList<>();
      page.route(
          "https://crm.example/**",
          route -> {
            sent.add(route.request().url() + " " + route.request().postData());
            route.fulfill(new Route.FulfillOptions().setStatus(200).setBody("at the app"));
          });
      var crm = new SamlApp(house, new Wire(), "crm");
      crm.registerPosting();
      ChromiumTest.register(page, house);
      signIn(page, house, crm);
      assertThat(sent).hasSize(1).first().asString().startsWith(APP + "/acs SAMLResponse=");
      page.navigate(house.origin + "/my");
      page.getByText("Sign out").first().click();
      page.waitForURL(APP + "/slo");
      assertThat(sent).hasSize(2).last().asString().startsWith(APP + "/slo SAMLRequest=");
      assertThat(house.events()).contains("session-revoked");
      browser.close();
    }
  }

  private static void signIn(Page page, House house, SamlApp crm) {
    page.navigate(house.origin + crm.begun(crm.request("")));
    page.locator("button").first().waitFor();
    page.locator("button").first().click();
    page.waitForURL(APP + "/acs");
  }
}

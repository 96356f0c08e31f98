// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Signs in on Vigil's page through Keycloak: fills in Keycloak's plain form, if it asks, and does
/// on the way back what the script of Vigil's callback page does.
record ThroughKeycloak(String userName, String password) implements WebBrowser.Way {

  private static final Pattern FORM =
      Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"", Pattern.DOTALL);

  @Override
  public String signIn(WebBrowser browser) throws IOException {
    browser.ask("/signin/visit");
    var page = browser.follow(URI.create(browser.pages() + "/federation/start/keycloak"));
    var form = FORM.matcher(page.body());
    if (form.find())
      page =
          browser.submit(
              URI.create(form.group(1).replace("&amp;", "&")),
              Map.of("username", userName, "password", password, "credentialId", ""));
    var came = WebBrowser.JSON.createObjectNode().put("provider", "keycloak");
    if (page.at().getRawQuery() == null || !page.at().getPath().startsWith("/federation/"))
      throw new AssertionError("Keycloak keeps the browser at " + page.at() + ": " + page.body());
    for (String pair : page.at().getRawQuery().split("&")) {
      var parts = pair.split("=", 2);
      if (java.util.Set.of("state", "code", "error", "iss").contains(parts[0]))
        came.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return browser.send("/federation/finish", came).path("redirect").asString();
  }

  @Override
  public String toString() {
    return "ThroughKeycloak(" + userName + ")";
  }
}

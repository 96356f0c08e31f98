// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import dev.vigil.demo.phone.SoftwarePasskey;
import java.io.IOException;

/// Signs in on Vigil's page with a passkey.
record WithPasskey(SoftwarePasskey passkey) implements WebBrowser.Way {

  @Override
  public String signIn(WebBrowser browser) throws IOException {
    browser.ask("/signin/visit");
    var options = browser.send("/signin/options", WebBrowser.JSON.createObjectNode());
    var answer =
        WebBrowser.JSON.createObjectNode().put("challenge", options.path("challenge").asString());
    answer.set("credential", passkey.get(options, browser.pages()));
    return browser.send("/signin/answer", answer).path("redirect").asString();
  }
}

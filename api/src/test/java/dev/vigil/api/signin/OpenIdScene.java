// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.identity.oauth.RegisteredClient.Profile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/// A house with a registered web app, payroll, that Alice signs in to.
abstract class OpenIdScene extends SignInScene {

  final WebApp payroll = new WebApp(house, wire, "payroll");

  void registered() {
    registered(Profile.FAPI2);
  }

  void registered(Profile profile) {
    alice();
    house.openId.register(payroll.registration(profile));
  }

  /// Opens an address and signs in with the passkey if the page asks; where the browser ends up.
  Wire.Answer arrive(String address) {
    var answer = browser.open(address);
    if (answer.status() == 303 || !answer.body().contains("sign-in.js")) return answer;
    var signedIn = browser.signIn();
    if (signedIn.status() != 200) return signedIn;
    return browser.open(signedIn.text("redirect"));
  }

  Wire.Answer tokens() {
    return payroll.redeem(WebApp.code(arrive(payroll.push(payroll.request()))));
  }

  /// A phone shows itself to the page that gave this ticket.
  Wire.Answer bind(Phone phone, String ticket) {
    return wire.send(
        HttpRequest.newBuilder(URI.create(house.origin + "/signin/device"))
            .header("Content-Type", "application/json")
            .header("DPoP", phone.proof("POST", "/signin/device", Optional.empty()))
            .POST(BodyPublishers.ofString("{\"ticket\":\"" + ticket + "\"}")));
  }
}

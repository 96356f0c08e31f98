// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Profile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Where a person is when an app's server asks without them: where they were last seen, for an
/// hour, and then nowhere.
class WhereaboutsTest extends OpenIdScene {

  private Optional<String> asked() {
    return house.openId.asked.getLast().address();
  }

  @Test
  void a_web_app_s_server_renews_and_looks_where_the_browser_was_within_the_hour() {
    registered();
    var tokens = tokens();
    var seen = asked();
    assertThat(seen).isPresent();
    house.time.pass(Duration.ofMinutes(4));
    payroll.post("/oauth/introspect", Map.of("token", tokens.text("access_token")));
    assertThat(asked()).isEqualTo(seen);
    house.time.pass(Duration.ofMinutes(55));
    payroll.refresh(tokens.text("refresh_token"));
    assertThat(asked()).isEqualTo(seen);
    house.time.pass(Duration.ofMinutes(1));
    payroll.refresh(tokens.text("refresh_token"));
    assertThat(asked()).as("an hour later").isEmpty();
  }

  @Test
  void coming_by_with_the_browser_says_where_the_person_is_again() {
    registered();
    var tokens = tokens();
    house.time.pass(Duration.ofMinutes(50));
    assertThat(payroll.redeem(WebApp.code(browser.open(payroll.push(payroll.request())))).status())
        .isEqualTo(200);
    house.time.pass(Duration.ofMinutes(50));
    payroll.refresh(tokens.text("refresh_token"));
    assertThat(asked()).isPresent();
  }

  @Test
  void an_app_on_the_persons_own_device_is_where_the_person_is() {
    alice();
    var web = payroll.registration(Profile.FAPI2);
    house.openId.register(
        new RegisteredClient(
            web.id(),
            web.name(),
            RegisteredClient.Kind.NATIVE,
            web.profile(),
            new RegisteredClient.Method.Proof(),
            web.app(),
            web.redirects(),
            Set.of(),
            Optional.empty(),
            web.scopes(),
            Set.of(),
            Optional.empty()));
    payroll.send("/oauth/par", payroll.request());
    var pushed = payroll.send("/oauth/par", payroll.request());
    assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
    var back =
        arrive("/oauth/authorize?client_id=payroll&request_uri=" + pushed.text("request_uri"));
    var redemption = new HashMap<>(payroll.redemption(WebApp.code(back)));
    redemption.put("client_id", "payroll");
    var tokens = payroll.send("/oauth/token", redemption);
    assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    house.time.pass(Duration.ofHours(2));
    var form =
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            "payroll",
            "refresh_token",
            tokens.text("refresh_token"));
    payroll.send("/oauth/token", form);
    var again = payroll.send("/oauth/token", form);
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(asked()).isPresent();
  }
}

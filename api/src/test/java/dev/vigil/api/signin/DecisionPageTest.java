// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.kernel.DeviceId;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What a person sees whom the policies did not let in, and where they can go from there.
class DecisionPageTest extends OpenIdScene {

  private static final Pattern AGAIN =
      Pattern.compile("href=\"(/(?:oauth|saml)/continue[^\"]*again=1)\"");

  private static String again(Wire.Answer page) {
    var link = AGAIN.matcher(page.body());
    assertThat(link.find()).as(page.body()).isTrue();
    return link.group(1).replace("&amp;", "&");
  }

  /// Signs in once more from the page, with the phone beside the browser.
  private Wire.Answer shown(String again) {
    assertThat(browser.open(again).body()).contains("sign-in.js");
    browser.visit();
    String ticket = browser.post("/signin/ticket", Map.of()).text("ticket");
    assertThat(bind(phone, ticket).status()).isEqualTo(204);
    return browser.open(browser.signIn().text("redirect"));
  }

  @Test
  void who_showed_no_phone_can_show_one_and_goes_on() {
    registered();
    DeviceId device = enrolled();
    house.openId.decision = new AppDecisions.Denied("dec_1");
    var refused = arrive(payroll.push(payroll.request()));
    assertThat(refused.status()).isEqualTo(403);
    house.openId.decision = new AppDecisions.Allowed("dec_2");
    var back = shown(again(refused));
    assertThat(house.openId.asked.getLast().device()).contains(device);
    assertThat(payroll.redeem(WebApp.code(back)).status()).isEqualTo(200);
  }

  @Test
  void whose_phone_counted_is_not_asked_for_another() {
    registered();
    enrolled();
    house.openId.decision = new AppDecisions.Denied("dec_1");
    var refused = shown(again(arrive(payroll.push(payroll.request()))));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("again=1").contains("declined=1");
  }

  @Test
  void at_a_saml_app_too() {
    var crm = new SamlApp(house, wire, "crm");
    registered();
    enrolled();
    crm.register("");
    house.openId.decision = new AppDecisions.Denied("dec_1");
    var refused = arrive(crm.begun(crm.request("")));
    assertThat(refused.status()).isEqualTo(403);
    house.openId.decision = new AppDecisions.Allowed("dec_2");
    assertThat(SamlApp.posted(shown(again(refused)))).contains("alice@bank.example");
  }

  @Test
  void a_link_to_sign_in_again_leads_nowhere_without_a_sign_in_under_way() {
    registered();
    assertThat(browser.open("/oauth/continue?request=nothing&again=1").status()).isEqualTo(400);
    assertThat(browser.open("/saml/continue?request=nothing&again=1").status()).isBetween(400, 403);
  }

  @Test
  void an_authorization_gives_one_code_however_often_the_browser_goes_on_with_it() {
    registered();
    assertThat(browser.open(payroll.push(payroll.request())).body()).contains("sign-in.js");
    String path = browser.signIn().text("redirect");
    var overtaking = new ArrayList<Wire.Answer>();
    house.openId.meanwhile = () -> overtaking.add(browser.open(path));
    var late = browser.open(path);
    assertThat(late.status()).as(late.body()).isEqualTo(400);
    assertThat(payroll.redeem(WebApp.code(overtaking.getFirst())).status()).isEqualTo(200);
  }

  @Test
  void the_page_speaks_the_language_of_the_browser() {
    assertThat(Messages.of("de-CH,en;q=0.5").say("decision.denied", "Payroll"))
        .isEqualTo("Sie dürfen Payroll nicht benutzen.");
    assertThat(Messages.of("").say("decision.denied", "Payroll"))
        .isEqualTo("You may not use Payroll.");
  }
}

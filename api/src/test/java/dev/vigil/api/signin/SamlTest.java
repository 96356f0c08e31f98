// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.identity.saml.RegisteredProvider.Option;
import dev.vigil.kernel.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/// Signing in to SaaS apps by SAML, over the wire.
class SamlTest extends SignInScene {

  private final SamlApp crm = new SamlApp(house, wire, "crm");
  private final SamlApp wiki = new SamlApp(house, wire, "wiki");

  /// Goes to where a request led, and signs in with the passkey if the page asks.
  private Wire.Answer arrive(String path) {
    var answer = browser.open(path);
    if (!answer.body().contains("sign-in.js")) return answer;
    var signedIn = browser.signIn();
    assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
    return browser.open(signedIn.text("redirect"));
  }

  private List<String> codes() {
    return house.changes.read(view -> view.eventsAfter(0, 1000)).stream()
        .filter(event -> event.type().equals("saml-refused"))
        .map(event -> event.details().getOrDefault("code", ""))
        .toList();
  }

  @Test
  void a_saas_app_gets_an_assertion_after_a_decision() {
    alice();
    crm.register("");
    var page = arrive(crm.begun(crm.request("")));
    var response = SamlApp.posted(page);
    assertThat(response)
        .contains(">alice@bank.example</saml:NameID>", "InResponseTo=\"_request1\"")
        .contains("<saml:Audience>https://crm.example/saml</saml:Audience>")
        .contains("Recipient=\"https://crm.example/saml/acs\"", "SessionNotOnOrAfter=")
        .contains(
            "<saml:AttributeValue>staff</saml:AttributeValue>", "https://refeds.org/profile/mfa");
    assertThat(page.body())
        .contains("action=\"https://crm.example/saml/acs\"")
        .contains("name=\"RelayState\" value=\"/inbox?&lt;&quot;&#39;&gt;\"");
    String policy = page.header("content-security-policy").orElseThrow();
    assertThat(policy)
        .startsWith("default-src 'none'; script-src 'nonce-")
        .contains("frame-ancestors 'none'");
    assertThat(page.body())
        .contains("<script nonce=\"" + SamlApp.between(policy, "'nonce-", "'") + "\">");
    assertThat(house.events()).contains("session-started", "app-signed-in");
    assertThat(house.openId.asked).hasSize(1);
    assertThat(house.openId.asked.getFirst().app().value()).isEqualTo("crm");
  }

  @Test
  void a_rooted_phone_s_person_is_told_what_to_fix_and_a_healthy_one_s_gets_in() {
    alice();
    crm.register("");
    house.openId.decision =
        new AppDecisions.Remediate(
            "dec_7", List.of(new AppDecisions.Fix("unroot", "Restore the <original> system.")));
    String path = crm.begun(crm.request(""));
    var refused = arrive(path);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body())
        .contains("Restore the &lt;original&gt; system.", "dec_7")
        .doesNotContain("SAMLResponse");
    assertThat(house.events()).doesNotContain("app-signed-in");
    house.openId.decision = new AppDecisions.Allowed("dec_8");
    assertThat(SamlApp.posted(browser.open(path))).contains("alice@bank.example");
    assertThat(browser.open(path).status()).as("once").isEqualTo(400);
  }

  @Test
  void who_turns_back_is_named_to_nobody() {
    alice();
    crm.register("");
    house.openId.decision = new AppDecisions.Denied("dec_9");
    String path = crm.begun(crm.request(""));
    assertThat(arrive(path).body()).contains("dec_9", "declined=1").doesNotContain("SAMLResponse");
    assertThat(SamlApp.posted(browser.open(path + "&declined=1")))
        .contains("status:RequestDenied", "InResponseTo=\"_request1\"")
        .doesNotContain("alice", "Assertion ");
    assertThat(codes()).contains("saml.denied");
  }

  @Test
  void nobody_is_asked_anything_when_the_app_says_so() {
    crm.register("");
    assertThat(SamlApp.posted(browser.open(crm.begun(crm.request("IsPassive=\"true\"")))))
        .contains("status:NoPassive");
  }

  @Test
  void whoever_signed_in_before_authenticates_again_when_the_app_says_so() {
    alice();
    crm.register("");
    arrive(crm.begun(crm.request("")));
    assertThat(browser.open(crm.begun(crm.request(""))).body()).contains("SAMLResponse");
    house.time.pass(java.time.Duration.ofSeconds(2));
    assertThat(browser.open(crm.begun(crm.request("ForceAuthn=\"true\""))).body())
        .contains("sign-in.js");
  }

  @Test
  void every_refusal_leaves_an_event() {
    crm.register("AuthnRequestsSigned=\"true\"");
    wiki.register("");
    String request = wiki.request("");
    wiki.begun(request);
    assertThat(wiki.post("/saml/sso", "SAMLRequest", request).body()).contains("came before");
    String elsewhere = "AssertionConsumerServiceURL=\"https://evil.example/acs\"";
    assertThat(wiki.post("/saml/sso", "SAMLRequest", wiki.request(elsewhere)).status())
        .isEqualTo(403);
    assertThat(crm.post("/saml/sso", "SAMLRequest", crm.request("")).status()).isEqualTo(403);
    var stranger = new SamlApp(house, wire, "stranger");
    assertThat(stranger.post("/saml/sso", "SAMLRequest", stranger.request("")).status())
        .isEqualTo(403);
    assertThat(wiki.post("/saml/sso", "SAMLRequest", "<!DOCTYPE x><x/>").status()).isEqualTo(400);
    assertThat(browser.open("/saml/sso?SAMLRequest=AAAA").status()).isEqualTo(400);
    assertThat(browser.open("/saml/start/wiki").status()).isEqualTo(403);
    assertThat(wiki.post("/saml/slo", "SAMLRequest", wiki.request("")).status()).isEqualTo(403);
    String late = wiki.request("");
    house.time.pass(java.time.Duration.ofMinutes(6));
    assertThat(wiki.post("/saml/sso", "SAMLRequest", late).status()).isEqualTo(403);
    assertThat(codes())
        .containsExactly(
            "saml.replayed",
            "saml.acs",
            "saml.unsigned",
            "saml.provider",
            "saml.xml",
            "saml.encoding",
            "saml.unsolicited",
            "saml.unsigned",
            "saml.stale");
  }

  @Test
  void sign_in_begins_here_only_where_an_administrator_said_so() {
    alice();
    crm.register("", Option.UNSOLICITED);
    var begun = browser.open("/saml/start/crm");
    var page =
        arrive(begun.header("location").orElseThrow().substring(house.origin.toString().length()));
    assertThat(SamlApp.posted(page)).contains("alice@bank.example").doesNotContain("InResponseTo");
  }

  @Test
  void signing_out_at_one_app_ends_the_session_and_goes_round_the_others() throws Exception {
    alice();
    crm.register("");
    wiki.register("");
    var response = SamlApp.posted(arrive(crm.begun(crm.request(""))));
    String index = SamlApp.between(response, "SessionIndex=\"", "\"");
    assertThat(browser.open(wiki.begun(wiki.request(""))).body()).contains("SAMLResponse");

    var toWiki =
        browser.open(crm.logout("alice@bank.example", index)).header("location").orElseThrow();
    assertThat(toWiki).startsWith("https://wiki.example/saml/slo?SAMLRequest=");
    assertThat(house.events()).contains("session-revoked");
    assertThat(browser.open(crm.begun(crm.request(""))).body()).contains("sign-in.js");

    String id = SamlApp.between(inflated(toWiki), " ID=\"", "\"");
    String state = SamlApp.between(toWiki, "RelayState=", "&");
    assertThat(browser.open(crm.loggedOut(id, state)).status())
        .as("another's answer")
        .isEqualTo(400);
    var back = browser.open(wiki.loggedOut(id, state)).header("location").orElseThrow();
    assertThat(back)
        .startsWith("https://crm.example/saml/slo?SAMLResponse=")
        .contains("RelayState=back");
    assertThat(inflated(back)).contains("status:Success").doesNotContain("PartialLogout");
    assertThat(browser.open(wiki.loggedOut(id, state)).status()).as("once").isEqualTo(400);
  }

  @Test
  void another_app_cannot_sign_a_person_out() {
    alice();
    crm.register("");
    wiki.register("");
    arrive(crm.begun(crm.request("")));
    assertThat(browser.open(wiki.logout("alice@bank.example", "_x")).status()).isEqualTo(303);
    assertThat(house.events()).doesNotContain("session-revoked");
  }

  @Test
  void our_metadata_are_published() {
    var answer = browser.open("/saml/metadata");
    assertThat(answer.header("content-type")).contains("application/samlmetadata+xml");
    assertThat(answer.body()).contains("IDPSSODescriptor", house.origin + "/saml/sso");
    assertThat(Sha256.of(answer.body().getBytes(StandardCharsets.UTF_8))).isNotNull();
  }

  private static String inflated(String address) throws Exception {
    var found = Pattern.compile("SAML(?:Request|Response)=([^&]*)").matcher(address);
    assertThat(found.find()).isTrue();
    var bytes =
        Base64.getDecoder()
            .decode(java.net.URLDecoder.decode(found.group(1), StandardCharsets.UTF_8));
    try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

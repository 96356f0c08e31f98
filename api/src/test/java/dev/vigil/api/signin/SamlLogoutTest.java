// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.Logouts;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.identity.saml.SamlSigner;
import dev.vigil.identity.saml.ServiceProvider.Logout;
import dev.vigil.identity.saml.ServiceProvider.LogoutBinding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Single logout: who may sign a person out of everything, and how our own page goes round.
class SamlLogoutTest extends SignInScene {

  private static final String ALICE = "alice@bank.example";

  private final SamlApp crm = new SamlApp(house, wire, "crm");
  private final SamlApp wiki = new SamlApp(house, wire, "wiki");
  private final Recorded recorded = new Recorded(house.changes);
  private String index = "";

  @BeforeEach
  void alice_is_signed_in_at_an_app() {
    alice();
    crm.registerPosting();
    index = SamlApp.between(SamlApp.posted(arrive(crm)), "SessionIndex=\"", "\"");
    assertThat(signedIn(crm)).isTrue();
  }

  private Wire.Answer arrive(SamlApp app) {
    var answer = browser.open(app.begun(app.request("")));
    if (!answer.body().contains("sign-in.js")) return answer;
    return browser.open(browser.signIn().text("redirect"));
  }

  private boolean signedIn(SamlApp app) {
    return browser.open(app.begun(app.request(""))).body().contains("SAMLResponse");
  }

  /// A logout request as a form, signed by somebody at some time.
  private String request(SamlSigner by, Instant at) {
    var slo = URI.create(house.origin + "/saml/slo");
    var asked =
        new Logouts(crm.entity(), by, house.entropy)
            .request(
                new Logout(LogoutBinding.POST, slo, slo),
                new NameId(NameIdFormat.EMAIL, ALICE),
                index,
                "back",
                at);
    if (!(asked.message() instanceof Outgoing.Form form)) throw new AssertionError(asked);
    return new String(Base64.getDecoder().decode(form.base64()), StandardCharsets.UTF_8);
  }

  private Wire.Answer posted(String message) {
    return crm.post("/saml/slo", "SAMLRequest", message);
  }

  private void refused(String code, String message) {
    recorded.once("saml-refused", code, () -> assertThat(posted(message).status()).isIn(400, 403));
    assertThat(signedIn(crm)).as(code).isTrue();
    assertThat(house.events()).doesNotContain("session-revoked");
  }

  @Test
  void a_signed_request_ends_the_session_and_is_answered_by_a_form() {
    var answer = posted(request(crm.key, house.time.now()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(SamlApp.posted(answer)).contains("status:Success", "Destination=\"https://crm");
    assertThat(house.events()).contains("session-revoked");
    assertThat(signedIn(crm)).isFalse();
    onlyItsOwnScript(answer);
  }

  /// The page's policy names one script by a nonce, and the page holds no other and no handler.
  private static void onlyItsOwnScript(Wire.Answer page) {
    String policy = page.header("content-security-policy").orElseThrow();
    String nonce = SamlApp.between(policy, "'nonce-", "'");
    assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
    assertThat(page.body().split("<script", -1)).hasSize(2);
    assertThat(page.body())
        .contains("<script nonce=\"" + nonce + "\">")
        .contains("action=\"https://crm.example/saml/slo\"")
        .doesNotContainPattern("(?i)\\son[a-z]+=|javascript:|<style|style=");
  }

  @Test
  void an_unsigned_request_ends_nothing() {
    String signed = request(crm.key, house.time.now());
    refused("saml.unsigned", signed.replaceAll("(?s)<ds:Signature .*</ds:Signature>", ""));
  }

  @Test
  void a_request_signed_by_somebody_else_ends_nothing() {
    refused("saml.signature", request(new RsaParty(), house.time.now()));
    refused("saml.signature", request(wiki.key, house.time.now()));
  }

  @Test
  void a_request_changed_or_wrapped_after_signing_ends_nothing() {
    String signed = request(crm.key, house.time.now());
    refused("saml.signature", signed.replace(index, "_other"));
    String end = "</samlp:LogoutRequest>";
    String forged =
        signed
            .replaceAll("(?s)<ds:Signature .*</ds:Signature>", "")
            .replaceAll(" ID=\"[^\"]*\"", " ID=\"_evil\"")
            .replace(end, signed.replaceAll("(?s)^<\\?xml[^>]*>", "") + end);
    refused("saml.wrapped", forged);
  }

  @Test
  void a_stale_request_ends_nothing() {
    String late = request(crm.key, house.time.now().minus(Duration.ofMinutes(10)));
    refused("saml.stale", late);
  }

  @Test
  void a_request_that_brings_a_document_type_ends_nothing() {
    refused("saml.xml", "<!DOCTYPE x [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>");
  }

  @Test
  void a_request_of_a_stranger_ends_nothing() {
    String stranger =
        request(crm.key, house.time.now()).replace("https://crm.example", "https://evil.example");
    refused("saml.provider", stranger);
  }

  @Test
  void a_request_counts_once() {
    String signed = request(crm.key, house.time.now());
    assertThat(posted(signed).status()).isEqualTo(200);
    arrive(crm);
    assertThat(signedIn(crm)).isTrue();
    recorded.once("saml-refused", "saml.replayed", () -> posted(signed));
    assertThat(signedIn(crm)).isTrue();
  }

  @Test
  void our_own_page_signs_out_here_first_and_then_at_every_app() {
    wiki.register("");
    assertThat(signedIn(wiki)).isTrue();
    browser.csrf = browser.open("/my/account").text("csrf");
    var out = browser.post("/saml/logout", Map.of());
    assertThat(out.status()).isEqualTo(200);
    assertThat(house.events()).contains("session-revoked");
    assertThat(signedIn(crm)).isFalse();
    var first = browser.open(out.text("next"));
    assertThat(browser.open(out.text("next")).status()).as("once").isEqualTo(400);
    assertThat(first.status()).as("a form for the one, an address for the other").isIn(200, 303);
    if (first.status() == 200) onlyItsOwnScript(first);
  }

  @Test
  void where_no_app_is_to_be_told_the_browser_goes_nowhere() {
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .liveSessions(work.now())
              .forEach(session -> dev.vigil.admission.Ending.end(work, session, "a fresh start"));
          return true;
        });
    browser.open("/my");
    assertThat(browser.signIn().status()).isEqualTo(200);
    browser.csrf = browser.open("/my/account").text("csrf");
    var out = browser.post("/saml/logout", Map.of());
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.json().has("next")).isFalse();
    assertThat(browser.open("/my/account").text("code")).isEqualTo("http.signed-out");
  }

  @Test
  void a_page_of_another_site_signs_nobody_out() {
    String token = browser.open("/my/account").text("csrf");
    browser.csrf = "forged";
    recorded.once(
        "request-refused", "http.cross-site", () -> browser.post("/saml/logout", Map.of()));
    browser.csrf = token;
    browser.origin = "https://evil.example";
    recorded.once(
        "request-refused", "http.cross-site", () -> browser.post("/saml/logout", Map.of()));
    assertThat(signedIn(crm)).isTrue();
    assertThat(new Browser(house, wire).post("/saml/logout", Map.of()).status()).isEqualTo(401);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.signin.Invitations.Invited;
import dev.vigil.identity.oauth.Audience;
import dev.vigil.identity.passkey.AuthenticatorRule;
import dev.vigil.kernel.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A person and their passkeys, over the wire.
class OwnPasskeysTest extends SignInScene {

  private String token() {
    alice();
    enrolled();
    browser.open(phone.push(Phone.request()));
    var form = new HashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", "vigil-phone");
    form.put("code", Browser.code(browser.signIn()));
    form.put("code_verifier", Phone.VERIFIER);
    form.put("redirect_uri", Phone.CALLBACK);
    form.put("audience", Audience.API.label());
    return phone.post("/oauth/token", form).text("access_token");
  }

  private String one(String token) {
    var answer = phone.get("/me/passkeys", token);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    var passkeys = answer.json().get("passkeys");
    assertThat(passkeys.size()).isEqualTo(1);
    return passkeys.get(0).get("id").stringValue();
  }

  @Test
  void a_person_sees_and_names_their_passkeys() {
    var token = token();
    var seen = phone.get("/me/passkeys", token).json().get("passkeys").get(0);
    assertThat(seen.get("attestation").stringValue()).isEqualTo("none");
    assertThat(seen.get("trust").stringValue()).isEqualTo("none");
    assertThat(seen.get("synced").booleanValue()).isFalse();
    assertThat(seen.has("public_key")).isFalse();
    var named = phone.put("/me/passkeys/" + one(token) + "/name", token, "{\"name\":\"blue key\"}");
    assertThat(named.text("name")).isEqualTo("blue key");
    assertThat(
            phone
                .put("/me/passkeys/" + one(token) + "/name", token, "{\"name\":\"\"}")
                .text("code"))
        .isEqualTo("passkeys.name");
    assertThat(phone.put("/me/passkeys/AAAA/name", token, "{\"name\":\"theirs\"}").text("code"))
        .isEqualTo("passkeys.unknown");
    assertThat(house.events()).contains("passkey-renamed");
  }

  @Test
  void the_only_passkey_stays_and_a_second_one_can_go() {
    var token = token();
    var first = one(token);
    assertThat(phone.delete("/me/passkeys/" + first, token).text("code"))
        .isEqualTo("passkeys.last");
    var again = house.invitations.another(actor());
    if (!(again instanceof Outcome.Done<Invited>(var invited)))
      throw new AssertionError("no invitation");
    assertThat(new Browser(house, wire).register(text(invited.secret())).status()).isEqualTo(200);
    assertThat(phone.delete("/me/passkeys/" + first, token).status()).isEqualTo(200);
    assertThat(phone.get("/me/passkeys", token).status())
        .as("the session rested on the removed passkey alone")
        .isEqualTo(401);
    assertThat(house.events()).contains("passkey-removed", "session-revoked");
  }

  private Actor.Person actor() {
    return house.changes.read(view -> {
      var owner = view.subjects().getFirst().id();
      return new Actor.Person(owner, view.sessionsOf(owner, house.time.now()).getFirst().id());
    });
  }

  @Test
  void a_removed_passkey_signs_nobody_in() {
    var token = token();
    var first = one(token);
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().removePasskey(first);
          return Optional.empty();
        });
    browser.open(phone.push(Phone.request()));
    assertThat(browser.signIn().text("code")).isEqualTo("passkey.unknown");
  }

  @Test
  void where_a_rule_needs_to_know_the_model_nobody_registers_without_saying_it() {
    var rule = new AuthenticatorRule(Optional.of("staff"), Set.of(), Set.of(), Optional.empty());
    try (var strict = new House(List.of(rule))) {
      var page = new Browser(strict, wire);
      var secret = text(strict.invite("alice@bank.example").secret());
      page.csrf = page.post("/register/invitation", Map.of("secret", secret)).text("csrf");
      var options = page.post("/register/options", Map.of()).json();
      assertThat(options.get("attestation").stringValue()).isEqualTo("direct");
      assertThat(page.create(options).text("code")).isEqualTo("passkey.unattested");
      assertThat(strict.events()).contains("passkey-registration-refused");
      assertThat(strict.events()).doesNotContain("passkey-registered");
    }
  }

  @Test
  void nobody_is_asked_what_they_hold_without_a_rule() {
    var secret = text(house.invite("alice@bank.example").secret());
    browser.csrf = browser.post("/register/invitation", Map.of("secret", secret)).text("csrf");
    assertThat(browser.post("/register/options", Map.of()).json().get("attestation").stringValue())
        .isEqualTo("none");
  }
}

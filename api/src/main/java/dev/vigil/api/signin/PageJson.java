// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.Registration;
import dev.vigil.admission.signin.ShownTransaction;
import dev.vigil.admission.signin.Visits;
import dev.vigil.identity.oauth.Client;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the pages receive, in JSON; options are in the form of `parseRequestOptionsFromJSON` and
/// `parseCreationOptionsFromJSON` (WebAuthn Level 3, sections 5.1.8 and 5.1.9).
final class PageJson {

  private static final long TIMEOUT_MILLIS = 300_000;

  private PageJson() {}

  static Map<String, Object> shown(Visits.Shown shown, String csrf) {
    var page = new LinkedHashMap<String, Object>();
    page.put("csrf", csrf);
    switch (shown) {
      case Visits.Shown.ForApp app -> {
        page.put("kind", "sign-in");
        page.put(
            "client",
            app.client().equals(Client.COMMAND_LINE) ? "the command line" : "the mobile app");
        app.strength().ifPresent(strength -> page.put("strength", strength.label()));
        app.transaction()
            .ifPresent(transaction -> page.put("transaction", transaction(transaction)));
      }
      case Visits.Shown.ForBrowser browser -> {
        page.put("kind", "sign-in");
        page.put("client", browser.name());
        browser.strength().ifPresent(strength -> page.put("strength", strength.label()));
      }
      case Visits.Shown.ForInvited invited -> {
        page.put("kind", "invitation");
        page.put("user_name", invited.userName());
        page.put("display_name", invited.displayName());
      }
      case Visits.Shown.ForAdministrator _ -> page.put("kind", "administrator");
    }
    return page;
  }

  private static Map<String, Object> transaction(ShownTransaction transaction) {
    var members = transaction.members().stream().map(PageJson::member).toList();
    return Map.of("app", transaction.action().app().value(), "members", members);
  }

  private static Map<String, String> member(ShownTransaction.Member member) {
    var written = new LinkedHashMap<String, String>();
    written.put("name", member.name());
    written.put("value", member.value());
    return written;
  }

  static Map<String, Object> request(RelyingParty party, Secret challenge) {
    return Map.of(
        "challenge",
        text(challenge),
        "rpId",
        party.id(),
        "allowCredentials",
        List.of(),
        "userVerification",
        "required",
        "timeout",
        TIMEOUT_MILLIS);
  }

  static Map<String, Object> creation(RelyingParty party, Registration.Asked asked) {
    var user = Bytes.of(asked.subject().value().getBytes(StandardCharsets.UTF_8)).toString();
    var options = new LinkedHashMap<String, Object>();
    options.put("challenge", text(asked.challenge()));
    options.put("rp", Map.of("id", party.id(), "name", party.name()));
    options.put(
        "user", Map.of("id", user, "name", asked.userName(), "displayName", asked.displayName()));
    options.put(
        "pubKeyCredParams",
        Ceremonies.ALGORITHMS.stream().map(id -> Map.of("type", "public-key", "alg", id)).toList());
    options.put(
        "authenticatorSelection",
        Map.of(
            "residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
    options.put(
        "excludeCredentials",
        asked.known().stream().map(id -> Map.of("type", "public-key", "id", id)).toList());
    options.put("attestation", "none");
    options.put("timeout", TIMEOUT_MILLIS);
    return options;
  }

  private static String text(Secret challenge) {
    return Bytes.of(challenge.reveal()).toString();
  }
}

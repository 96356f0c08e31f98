// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.acme;

import dev.vigil.admission.acme.AcmeOrders.Shown;
import dev.vigil.api.http.AcmeError;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AcmeRefusal;
import dev.vigil.pki.acme.Order;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How ACME's objects are written (RFC 8555 section 7.1).
record AcmeJson(AcmeAddresses addresses) {

  static final String IDENTIFIER_TYPE = "permanent-identifier";
  private static final String CHALLENGE_TYPE = "device-attest-01";

  Map<String, Object> directory() {
    return Map.of(
        "newNonce", addresses.at(AcmeAddresses.NEW_NONCE),
        "newAccount", addresses.at(AcmeAddresses.NEW_ACCOUNT),
        "newOrder", addresses.at(AcmeAddresses.NEW_ORDER),
        "revokeCert", addresses.at(AcmeAddresses.REVOKE),
        "keyChange", addresses.at(AcmeAddresses.KEY_CHANGE),
        "meta", Map.of("externalAccountRequired", false));
  }

  Map<String, Object> account(Account account) {
    return Map.of("status", account.state().name().toLowerCase(Locale.ROOT));
  }

  Map<String, Object> order(Shown shown, Instant now) {
    var order = shown.order();
    var json = new LinkedHashMap<String, Object>();
    json.put("status", label(order.status(now)));
    json.put("expires", moment(order.expiresAt()));
    json.put("identifiers", List.of(identifier(shown)));
    json.put("authorizations", List.of(addresses.of(AcmeAddresses.AUTHORIZATION, shown.name())));
    json.put("finalize", addresses.of(AcmeAddresses.FINALIZE, shown.name()));
    if (order.progress() instanceof Order.Progress.Issued)
      json.put("certificate", addresses.of(AcmeAddresses.CERTIFICATE, shown.name()));
    error(order, json);
    return json;
  }

  private static Map<String, Object> identifier(Shown shown) {
    return Map.of("type", IDENTIFIER_TYPE, "value", shown.identifier());
  }

  private static void error(Order order, Map<String, Object> json) {
    if (order.progress() instanceof Order.Progress.Failed(String code, String says))
      json.put(
          "error",
          Map.of(
              "type",
              code.equals(AcmeRefusal.IDENTIFIER_REJECTED.code())
                  ? AcmeError.of(AcmeRefusal.IDENTIFIER_REJECTED)
                  : AcmeError.of(AttestationRefusal.MALFORMED),
              "detail",
              says,
              "code",
              code));
  }

  Map<String, Object> authorization(Shown shown, Instant now) {
    return Map.of(
        "status", label(shown.order().authorization(now)),
        "expires", moment(shown.order().expiresAt()),
        "identifier", identifier(shown),
        "challenges", List.of(challenge(shown, now)));
  }

  Map<String, Object> challenge(Shown shown, Instant now) {
    var order = shown.order();
    var json = new LinkedHashMap<String, Object>();
    json.put("type", CHALLENGE_TYPE);
    json.put("url", addresses.of(AcmeAddresses.CHALLENGE, shown.name()));
    json.put("status", label(order.challenge(now)));
    json.put("token", order.token());
    order.validated().ifPresent(at -> json.put("validated", moment(at)));
    error(order, json);
    return json;
  }

  private static String label(Order.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

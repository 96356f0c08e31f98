// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Transactions over the wire: shown exactly, approved with a passkey, spent once.
class ApprovalsTest extends SignInScene {

  private static String details(String body) {
    return "[{\"type\":\"vigil_action\",\"app\":\"payments\",\"method\":\"POST\",\"path\":\"/transfers\",\"body\":\""
        + Bytes.of(body.getBytes(StandardCharsets.UTF_8))
        + "\"}]";
  }

  @Test
  void a_transaction_is_shown_then_approved_then_spent_once() {
    house.withPayments();
    alice();
    enrolled();
    String body = "{\"amount\":\"1250.00 EUR\",\"payee\":\"Bäckerei Example\",\"note\":\"x\"}";
    browser.open(phone.push(Phone.request("authorization_details", details(body))));
    var shown = browser.visit();
    assertThat(shown.json().get("transaction").get("members").toString())
        .isEqualTo(
            "[{\"name\":\"amount\",\"value\":\"1250.00"
                + " EUR\"},{\"name\":\"payee\",\"value\":\"Bäckerei Example\"}]");
    var tokens = phone.redeem(Browser.code(browser.signIn()));
    var session = new SessionId(tokens.text("session"));
    var action =
        new Action(
                new AppId("payments"),
                "POST",
                "/transfers",
                Sha256.of(body.getBytes(StandardCharsets.UTF_8)))
            .digest();
    assertThat(house.facts.last(FactsSink.Change.OfApproval.class))
        .isEqualTo(
            new FactsSink.Change.OfApproval(
                session, action, house.time.now().plus(Duration.ofMinutes(2)), false));
    assertThat(house.approvals.spend(session, Sha256.of(new byte[1]))).isFalse();
    assertThat(house.approvals.spend(session, action)).isTrue();
    assertThat(house.approvals.spend(session, action)).isFalse();
    assertThat(house.facts.last(FactsSink.Change.OfApproval.class).spent()).isTrue();
  }

  @Test
  void an_approval_waits_two_minutes_and_the_same_payment_can_be_approved_again() {
    house.withPayments();
    alice();
    enrolled();
    String body = "{\"amount\":5,\"payee\":\"Bob\"}";
    var action =
        new Action(
                new AppId("payments"),
                "POST",
                "/transfers",
                Sha256.of(body.getBytes(StandardCharsets.UTF_8)))
            .digest();
    for (int i = 0; i < 2; i++) {
      browser.open(phone.push(Phone.request("authorization_details", details(body))));
      var session = new SessionId(phone.redeem(Browser.code(browser.signIn())).text("session"));
      house.time.pass(i == 0 ? Duration.ofSeconds(119) : Duration.ofMinutes(2));
      assertThat(house.approvals.spend(session, action)).isEqualTo(i == 0);
    }
  }

  @Test
  void a_transaction_that_cannot_be_shown_exactly_is_refused() {
    house.withPayments();
    for (String body :
        List.of(
            "{\"amount\":1,\"amount\":1000,\"payee\":\"Bob\"}",
            "{\"amount\":1}",
            "{\"amount\":{\"x\":1},\"payee\":\"Bob\"}",
            "{\"amount\":null,\"payee\":\"Bob\"}",
            "not json",
            "{\"amount\":1,\"payee\":\"Bob\\u202Eevil\"}",
            "{\"amount\":1,\"payee\":\"Bob\\n\"}",
            "{\"amount\":1,\"payee\":\"" + "x".repeat(300) + "\"}",
            "{\"amount\":1,\"payee\":\"Bob\"} {}")) {
      assertThat(
              phone
                  .post("/oauth/par", Phone.request("authorization_details", details(body)))
                  .text("error"))
          .as(body)
          .isEqualTo("invalid_authorization_details");
    }
    for (String details :
        List.of(
            "[]",
            "{}",
            "x",
            details("{}").replace("payments", "other"),
            details("{}").replace("/transfers", "/other"),
            details("{}").replace("vigil_action", "other"))) {
      assertThat(
              phone
                  .post("/oauth/par", Phone.request("authorization_details", details))
                  .text("error"))
          .as(details)
          .isEqualTo("invalid_authorization_details");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import dev.vigil.sdk.Answer;
import dev.vigil.sdk.Refused.StepUpRequired;
import java.time.LocalDate;
import java.util.List;

/// The customer's app: signing in, paying, and what the phone's own health has to do with it.
final class CustomerScenes {

  private static final String PAYMENT =
      "{\"amount\":\"250.00\",\"currency\":\"EUR\",\"payee\":\"Garden Centre\"}";

  private final Bank bank;
  private final Phone phone;

  CustomerScenes(Bank bank, Phone phone) {
    this.bank = bank;
    this.phone = phone;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            "a customer signs in with a passkey and enrols the phone",
            "done",
            () -> outcome(phone.enrol())),
        new Scene(
            "the customer sees the accounts, without a VPN",
            "allowed 200",
            () -> outcome(phone.get(Bank.BANKING, "/accounts"))),
        new Scene(
            "the app behind knows who asks, by a signed header only",
            "the right person",
            this::knownByHeader),
        new Scene(
            "a payment asks for approval first",
            "step up: approve",
            () -> outcome(phone.post(Bank.BANKING, "/payments", PAYMENT))),
        new Scene(
            "the person sees amount and payee, approves, and it is paid",
            "allowed 201, shown: 250.00, EUR, Garden Centre",
            this::approve),
        new Scene(
            "the approval is spent: the same payment asks again",
            "step up: approve",
            () -> outcome(phone.post(Bank.BANKING, "/payments", PAYMENT))),
        new Scene(
            "an approval for one payee is worth nothing for another",
            "step up: approve",
            this::otherPayee),
        new Scene(
            "a rooted phone is told what to do",
            "remediate: restore-system",
            () -> reported(phone.posture().rooted(true))),
        new Scene(
            "restored, it is let in again without a new enrolment",
            "allowed 200",
            () -> reported(Phone.healthy())),
        new Scene(
            "an outdated phone is told what to install",
            "remediate: update-os",
            () -> reported(Phone.healthy().patchDate(LocalDate.of(2026, 2, 5)))),
        new Scene("updated, it is let in again", "allowed 200", () -> reported(Phone.healthy())),
        new Scene("rooted while a stream is open: the stream is cut", "cut", this::cutByPosture),
        new Scene(
            "and so is the next request",
            "remediate: restore-system",
            () -> outcome(phone.get(Bank.BANKING, "/accounts"))),
        new Scene("restored again", "allowed 200", () -> reported(Phone.healthy())));
  }

  private String reported(dev.vigil.sdk.Posture posture) {
    phone.report(posture);
    return outcome(phone.get(Bank.BANKING, "/accounts"));
  }

  private String knownByHeader() throws Exception {
    if (!(phone.get(Bank.BANKING, "/accounts") instanceof Answer answer)) return "not let in";
    String subject = bank.desk().subject("clara@mail.example").required("id").asString();
    return Phone.body(answer).contains(subject) ? "the right person" : "somebody else";
  }

  private String approve() {
    if (!(phone.post(Bank.BANKING, "/payments", PAYMENT) instanceof StepUpRequired asked))
      return "not asked";
    var result = phone.client().stepUp(asked);
    var shown =
        phone.visitor().shown().stream()
            .map(line -> line.substring(line.indexOf(": ") + 2))
            .toList();
    return outcome(result) + ", shown: " + String.join(", ", shown);
  }

  /// The person approves one payment; malicious software sends another in its place.
  private String otherPayee() {
    String approved = PAYMENT.replace("Garden Centre", "Flower Shop");
    if (!(phone.post(Bank.BANKING, "/payments", approved) instanceof StepUpRequired asked))
      return "not asked";
    int before = bank.app("banking").payments();
    phone.wiretap().replaceBodies(approved, PAYMENT.replace("Garden Centre", "Mallory Ltd"));
    var result = phone.client().stepUp(asked);
    phone.wiretap().replaceNothing();
    return outcome(result)
        + (bank.app("banking").payments() == before ? "" : ", but somebody was paid");
  }

  private String cutByPosture() throws Exception {
    var watch = new Watch();
    String opened = outcome(phone.open(Bank.BANKING, "/live", watch));
    if (!opened.equals("allowed stream")) return opened;
    watch.firstMessage();
    phone.report(phone.posture().rooted(true));
    return watch.fate();
  }
}

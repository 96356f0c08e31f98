// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.Phone;
import java.util.List;

/// Employees: the sample policies of the case, a place from which nobody may come, and the ends of
/// sessions.
final class StaffScenes {

  private final Bank bank;
  private final Phone corporate;
  private final Phone personal;
  private final Phone abroad;

  /// @param corporate a phone that the bank owns and manages
  /// @param personal the same employee's own phone
  /// @param abroad another employee's corporate phone, in an embargoed network
  StaffScenes(Bank bank, Phone corporate, Phone personal, Phone abroad) {
    this.bank = bank;
    this.corporate = corporate;
    this.personal = personal;
    this.abroad = abroad;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene("an employee enrols a corporate phone", "done", () -> outcome(corporate.enrol())),
        new Scene("and the employee's own phone", "done", this::enrolPersonal),
        new Scene(
            "\"only if corporate-managed, encrypted and compliant\": the corporate phone",
            "allowed 200",
            () -> outcome(corporate.get(Bank.STAFF, "/"))),
        new Scene(
            "the same policy: the employee's own phone",
            "remediate: enrol-in-management",
            () -> outcome(personal.get(Bank.STAFF, "/"))),
        new Scene(
            "the same policy: the corporate phone loses its encryption",
            "remediate: enrol-in-management",
            () -> seen(Phone.healthy().with("encrypted", false))),
        new Scene("encrypted again", "allowed 200", () -> seen(Phone.healthy())),
        new Scene(
            "\"biometric, compliant corporate, encrypted\": treasury moves money",
            "allowed 200",
            () -> outcome(corporate.post(Bank.TREASURY, "/orders", "{}"))),
        new Scene(
            "otherwise restricted: the employee's own phone may look",
            "allowed 200",
            () -> outcome(personal.get(Bank.TREASURY, "/positions"))),
        new Scene(
            "but not touch",
            "denied access.read-only",
            () -> outcome(personal.post(Bank.TREASURY, "/orders", "{}"))),
        new Scene("from an embargoed network nobody is let in", "denied", this::embargoed),
        new Scene(
            "the help desk ends a session: its open stream is cut", "cut", this::sessionEnded),
        new Scene("the person signs in again and goes on", "allowed 200", this::signInAgain));
  }

  private String enrolPersonal() {
    personal.report(own());
    return outcome(personal.client().enrol(own()));
  }

  private static dev.vigil.sdk.Posture own() {
    return Phone.healthy().with("managed", false).with("corporate", false).with("compliant", false);
  }

  private String seen(dev.vigil.sdk.Posture posture) {
    corporate.report(posture);
    return outcome(corporate.get(Bank.STAFF, "/"));
  }

  private String embargoed() {
    String enrolled = outcome(abroad.enrol());
    return enrolled.equals("done") ? outcome(abroad.get(Bank.STAFF, "/")) : enrolled;
  }

  private String sessionEnded() throws Exception {
    var watch = new Watch();
    String opened = outcome(corporate.open(Bank.STAFF, "/live", watch));
    if (!opened.equals("allowed stream")) return opened;
    watch.firstMessage();
    for (var session : bank.desk().ask("session", "list", "--user", "emil@bank.example")) {
      if (session.path("device").asString("").equals(corporate.client().device().orElse(""))) {
        bank.desk().change("asked by phone", "session", "revoke", session.path("id").asString());
      }
    }
    return watch.fate();
  }

  private String signInAgain() {
    String before = outcome(corporate.get(Bank.STAFF, "/"));
    if (!before.equals("sign in required")) return before;
    corporate.client().signIn();
    return outcome(corporate.get(Bank.STAFF, "/"));
  }
}

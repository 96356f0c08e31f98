// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.IdentityPlatform;
import dev.vigil.demo.bank.Watch;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.Phone;
import java.util.List;

/// The identity platform that the organisation already has makes people known and takes them away.
final class ProvisioningScenes {

  private static final String PERSON = "nora@bank.example";

  private final Bank bank;
  private final PageVisitor visitor;
  private final Phone phone;
  private final IdentityPlatform platform;
  private volatile String id = "";
  private volatile String pass = "";

  ProvisioningScenes(Bank bank, PageVisitor visitor, Phone phone) {
    this.bank = bank;
    this.visitor = visitor;
    this.phone = phone;
    this.platform = bank.identityPlatform("--name", "staff-directory");
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            "the identity platform makes an employee known (SCIM)",
            "Nora New is known",
            this::created),
        new Scene(
            "the help desk tells a temporary pass; it registers a passkey",
            "registered",
            this::passkey),
        new Scene("the same pass again", "refused sign-in.pass", this::again),
        new Scene("the employee enrols a phone", "done", () -> outcome(phone.enrol())),
        new Scene("and works", "allowed 200", () -> outcome(phone.get(Bank.STAFF, "/"))),
        new Scene(
            "the platform deactivates the employee: the stream is cut", "cut", this::deactivated),
        new Scene(
            "and so is the next request",
            "sign in required",
            () -> outcome(phone.get(Bank.STAFF, "/"))));
  }

  private String created() throws Exception {
    id = platform.create(PERSON, "Nora New");
    return bank.desk().subject(PERSON).required("display_name").asString() + " is known";
  }

  private String passkey() throws Exception {
    pass =
        bank.desk()
            .change("first day, seen at the counter", "user", "pass", PERSON)
            .path("temporary_pass")
            .asString();
    visitor.recover(bank.pages(), PERSON, pass);
    return "registered";
  }

  private String again() throws Exception {
    try {
      visitor.recover(bank.pages(), PERSON, pass);
      return "registered";
    } catch (PageVisitor.Stopped stopped) {
      return "refused " + stopped.code();
    }
  }

  private String deactivated() throws Exception {
    var watch = new Watch();
    String opened = outcome(phone.open(Bank.STAFF, "/live", watch));
    if (!opened.equals("allowed stream")) return opened;
    watch.firstMessage();
    platform.deactivate(id);
    return watch.fate();
  }
}

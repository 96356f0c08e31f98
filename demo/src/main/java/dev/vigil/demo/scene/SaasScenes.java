// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import static dev.vigil.demo.phone.Phone.outcome;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.OpenIdApp;
import dev.vigil.demo.bank.SamlApp;
import dev.vigil.demo.phone.DeskBrowser;
import dev.vigil.demo.phone.DeskBrowser.Landed;
import dev.vigil.demo.phone.PageVisitor;
import dev.vigil.demo.phone.Phone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Apps that somebody else runs, where no gateway stands in front: they ask Vigil who is there, and
/// the same policies decide before they learn anything.
final class SaasScenes {

  private static final Pattern FIX = Pattern.compile("<li>([^<]*)</li>");

  private final Bank bank;
  private final String person;
  private final Phone phone;
  private final OpenIdApp payroll;
  private final SamlApp crm;
  private Optional<OpenIdApp.SignedIn> signedIn = Optional.empty();
  private final DeskBrowser browser;

  /// @param person the user name of the phone's owner, an employee
  SaasScenes(Bank bank, String person, Phone phone, PageVisitor visitor) throws IOException {
    this.bank = bank;
    this.person = person;
    this.phone = phone;
    this.payroll = bank.openIdApp("payroll");
    this.crm = bank.samlApp("crm");
    this.browser = visitor.desk(bank.pages());
  }

  List<Scene> scenes() {
    return List.of(
        new Scene("an employee enrols a phone", "done", () -> outcome(phone.enrol())),
        new Scene(
            "payroll (OpenID Connect), no phone beside the browser",
            "not possible",
            () -> openId(Optional.empty())),
        new Scene(
            "the page offers to show a phone, and payroll lets in",
            "signed in as " + person,
            () -> openId(Optional.of(phone))),
        new Scene(
            "payroll renews its token: the policies decide again", "fresh token", this::renewed),
        new Scene(
            "customer relations (SAML), same browser, nothing asked",
            "signed in as " + person,
            () -> saml(Optional.empty())),
        new Scene(
            "the phone is rooted: payroll gets no fresh token",
            "invalid_grant",
            () -> rooted(this::renewed)),
        new Scene(
            "a rooted phone and payroll: told what to do, no code",
            "not yet: restore-system",
            () -> rooted(() -> openId(Optional.empty()))),
        new Scene(
            "a rooted phone and customer relations: no assertion",
            "not yet: restore-system",
            () -> rooted(() -> saml(Optional.empty()))),
        new Scene("restored, payroll gets its token", "fresh token", this::restored),
        new Scene(
            "the help desk ends the session: so does payroll's", "invalid_grant", this::ended));
  }

  private interface Try {
    String come() throws Exception;
  }

  private String rooted(Try what) throws Exception {
    phone.report(Phone.healthy().rooted(true));
    return what.come();
  }

  private String restored() throws Exception {
    phone.report(Phone.healthy());
    return renewed();
  }

  private String openId(Optional<Phone> beside) throws IOException {
    var begun = payroll.begin();
    var landed = browser.open(begun.page(), beside);
    if (beside.isPresent() && landed.again().isPresent())
      landed = browser.open(landed.again().get(), beside);
    if (landed.status() != 0) return page(landed);
    var came = payroll.finish(begun, landed.where());
    signedIn = Optional.of(came);
    return "signed in as " + came.userName();
  }

  private String saml(Optional<Phone> beside) throws IOException {
    var begun = crm.begin(bank.now());
    var landed = browser.open(begun.page(), beside);
    return landed.status() == 200
        ? "signed in as " + crm.finish(begun, landed.body())
        : page(landed);
  }

  private String renewed() throws IOException {
    return signedIn.isPresent()
        ? payroll.refresh(signedIn.get().refreshToken())
        : "nobody had signed in";
  }

  private String ended() throws IOException {
    for (var session : bank.desk().ask("session", "list", "--user", person)) {
      bank.desk().change("asked by phone", "session", "revoke", session.path("id").asString());
    }
    return renewed();
  }

  /// What the person reads instead of the app.
  private static String page(Landed landed) {
    var fixes = FIX.matcher(landed.body()).results().map(found -> found.group(1)).toList();
    if (fixes.isEmpty())
      return landed.body().contains("Not possible") ? "not possible" : "status " + landed.status();
    boolean system = fixes.stream().anyMatch(text -> text.contains("original system"));
    return "not yet: " + (system ? "restore-system" : fixes) + "\n" + String.join(" ", fixes);
  }
}

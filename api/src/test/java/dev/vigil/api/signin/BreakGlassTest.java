// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Reason;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Accounts that are kept for emergencies.
class BreakGlassTest extends SignInScene {

  private static final Mandate BOARD = new Mandate(Actor.SYSTEM, new Reason("the board asked"));

  private People people() {
    return new People(
        house.changes,
        (_, _) -> {
          throw new AssertionError("nobody is invited here");
        });
  }

  private SubjectId id(String userName) {
    return house.changes.read(view -> view.subjectNamed(userName)).orElseThrow().id();
  }

  private Outcome<Subject> keepForEmergencies(String userName, Role... also) {
    var roles = new java.util.HashSet<>(Set.of(also));
    roles.add(Role.BREAK_GLASS);
    people().setGroups(BOARD, id(userName), Set.of());
    return people().setRoles(BOARD, id(userName), roles);
  }

  private static String refused(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var refusal, var _) ? refusal.code() : "done";
  }

  @Test
  void at_the_command_line_with_a_hardware_key_it_opens_and_alarms() {
    alice();
    assertThat(refused(keepForEmergencies("alice@bank.example"))).isEqualTo("done");
    var request = Phone.request("client_id", "vigil-cli");
    browser.open(phone.push(request));
    var redeemed =
        phone.post(
            "/oauth/token",
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "vigil-cli",
                "redirect_uri",
                Phone.CALLBACK,
                "code_verifier",
                Phone.VERIFIER,
                "code",
                Browser.code(browser.signIn())));
    assertThat(redeemed.status()).as(redeemed.body()).isEqualTo(200);
    assertThat(house.events()).contains("break-glass-used");
  }

  @Test
  void it_opens_no_app_and_no_page() {
    alice();
    keepForEmergencies("alice@bank.example");
    browser.open(phone.push(Phone.request()));
    assertThat(browser.signIn().text("code")).isEqualTo("oauth.break-glass");
    browser.open("/my");
    assertThat(browser.signIn().text("code")).isEqualTo("oauth.break-glass");
    assertThat(house.events()).contains("sign-in-refused").doesNotContain("break-glass-used");
  }

  @Test
  void there_are_two_at_most_and_they_are_nothing_else() {
    for (var name : new String[] {"one", "two", "three"}) house.invite(name + "@bank.example");
    assertThat(refused(keepForEmergencies("one@bank.example", Role.AUDITOR)))
        .isEqualTo("people.break-glass-alone");
    assertThat(refused(keepForEmergencies("one@bank.example"))).isEqualTo("done");
    assertThat(refused(people().join(BOARD, id("one@bank.example"), new GroupName("treasury"))))
        .isEqualTo("people.break-glass-alone");
    assertThat(refused(keepForEmergencies("two@bank.example"))).isEqualTo("done");
    assertThat(refused(keepForEmergencies("three@bank.example")))
        .isEqualTo("people.break-glass-two");
  }

  @Test
  void whoever_has_a_device_is_no_account_for_emergencies() {
    alice();
    enrolled();
    assertThat(refused(keepForEmergencies("alice@bank.example")))
        .isEqualTo("people.break-glass-alone");
  }
}

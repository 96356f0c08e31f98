// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.signin.TemporaryPasses;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Somebody has lost every passkey: the help desk gives a pass, and what can go wrong with it.
class TemporaryPassTest extends SignInScene {

  private static final Set<Role> HELP_DESK = Set.of(Role.HELP_DESK);

  private SubjectId id(String userName) {
    return house.changes.read(view -> view.subjectNamed(userName)).orElseThrow().id();
  }

  private Outcome<TemporaryPasses.Issued> issue(String userName, Duration life, Set<Role> issuer) {
    return new TemporaryPasses(house.changes)
        .issue(
            new Mandate(Actor.SYSTEM, new Reason("identity checked at the branch")),
            issuer,
            id(userName),
            life);
  }

  private String pass(String userName) {
    if (issue(userName, Duration.ofMinutes(30), HELP_DESK)
        instanceof Outcome.Done<TemporaryPasses.Issued>(var issued)) return issued.pass().reveal();
    throw new AssertionError("no pass");
  }

  private Wire.Answer type(Browser who, String userName, String pass) {
    var answer = who.post("/register/pass", Map.of("userName", userName, "pass", pass));
    if (answer.status() == 200) who.csrf = answer.text("csrf");
    return answer;
  }

  @Test
  void a_pass_registers_a_new_passkey_which_then_signs_in() {
    house.invite("alice@bank.example");
    String pass = pass("alice@bank.example");
    assertThat(pass).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");
    String sloppily = pass.toLowerCase(java.util.Locale.ROOT).replace("-", " ").replace('0', 'o');
    assertThat(type(browser, " Alice@BANK.example", sloppily).status()).isEqualTo(200);
    assertThat(browser.visit().text("user_name")).isEqualTo("alice@bank.example");
    assertThat(browser.create(browser.post("/register/options", Map.of()).json()).status())
        .isEqualTo(200);
    assertThat(signedIn().status()).isEqualTo(200);
    assertThat(house.events()).contains("temporary-pass-issued", "passkey-registered");
  }

  @Test
  void a_pass_is_spent_with_the_passkey_it_registers() {
    house.invite("alice@bank.example");
    String pass = pass("alice@bank.example");
    type(browser, "alice@bank.example", pass);
    browser.create(browser.post("/register/options", Map.of()).json());
    assertThat(type(new Browser(house, wire), "alice@bank.example", pass).text("code"))
        .isEqualTo("sign-in.pass");
    assertThat(house.events()).contains("temporary-pass-refused");
  }

  @Test
  void a_pass_is_for_one_person_and_a_short_time() {
    house.invite("alice@bank.example");
    house.invite("mallory@bank.example");
    String pass = pass("alice@bank.example");
    var stranger = new Browser(house, wire);
    assertThat(type(stranger, "mallory@bank.example", pass).text("code")).isEqualTo("sign-in.pass");
    assertThat(type(stranger, "nobody@bank.example", pass).text("code")).isEqualTo("sign-in.pass");
    assertThat(type(stranger, "alice@bank.example", "AAAA").text("code")).isEqualTo("sign-in.pass");
    house.time.pass(Duration.ofMinutes(31));
    assertThat(type(stranger, "alice@bank.example", pass).text("code")).isEqualTo("sign-in.pass");
  }

  @Test
  void guessing_is_slowed_down_for_everybody_whether_they_exist_or_not() {
    house.invite("alice@bank.example");
    for (var name : new String[] {"alice@bank.example", "nobody@bank.example"}) {
      for (int i = 0; i < 5; i++)
        assertThat(type(browser, name, "0000-0000-0000").status()).isEqualTo(403);
      assertThat(type(browser, name, "0000-0000-0000").status()).isEqualTo(429);
    }
  }

  @Test
  void the_help_desk_cannot_make_itself_an_administrator() {
    house.invite("root@bank.example");
    house.changes.commit(
        Actor.SYSTEM,
        work -> {
          var root = work.tx().subjectNamed("root@bank.example").orElseThrow();
          work.tx()
              .put(
                  new Subject(
                      root.id(),
                      root.userName(),
                      root.displayName(),
                      Population.EMPLOYEE,
                      Set.of(),
                      Set.of(Role.ADMINISTRATOR),
                      true,
                      root.createdAt()));
          return work.event("subject-changed", "test", Map.of(), root.id());
        });
    assertThat(refused(issue("root@bank.example", Duration.ofMinutes(30), HELP_DESK)))
        .isEqualTo("sign-in.pass-for-administrator");
    assertThat(issue("root@bank.example", Duration.ofMinutes(30), Set.of(Role.ADMINISTRATOR)))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_pass_does_not_last_all_week() {
    house.invite("alice@bank.example");
    assertThat(refused(issue("alice@bank.example", Duration.ofHours(9), HELP_DESK)))
        .isEqualTo("sign-in.pass-life");
    assertThat(refused(issue("alice@bank.example", Duration.ofMinutes(1), HELP_DESK)))
        .isEqualTo("sign-in.pass-life");
  }

  private static String refused(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var refusal, var _) ? refusal.code() : "done";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.signin.Invitations.Invited;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The way back in from the machine itself, and for whom it is.
class RecoveryTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(3);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);

  private Outcome<Invited> recover(String userName) {
    return new Recovery(changes).recover(new UserName(userName), new DisplayName("Somebody"));
  }

  private Subject known(SubjectId id) {
    return changes.read(view -> view.subject(id)).orElseThrow();
  }

  private SubjectId add(Population population) {
    var id = SubjectId.random(entropy);
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Subject(
                      id,
                      "bob@bank.example",
                      "Bob",
                      population,
                      Set.of("tellers"),
                      Set.of(Role.AUDITOR),
                      false,
                      work.now()));
          return work.event("subject-added", "test", Map.of(), id);
        });
    return id;
  }

  private static Invited done(Outcome<Invited> outcome) {
    if (outcome instanceof Outcome.Done<Invited>(Invited invited)) return invited;
    throw new AssertionError(outcome);
  }

  @Test
  void somebody_new_becomes_an_administrator_and_it_is_on_record() {
    var invited = done(recover("ada@bank.example"));
    assertThat(known(invited.subject()))
        .returns(Set.of(Role.ADMINISTRATOR), Subject::roles)
        .returns(true, Subject::active);
    List<SecurityEvent> events = changes.read(view -> view.eventsAfter(0, 10));
    assertThat(events)
        .anySatisfy(event -> {
          assertThat(event.type()).isEqualTo("administrator-recovered");
          assertThat(event.actor()).isEqualTo("system");
        });
  }

  @Test
  void a_disabled_employee_is_let_in_again_and_keeps_groups_and_roles() {
    var bob = add(Population.EMPLOYEE);
    assertThat(done(recover("bob@bank.example")).subject()).isEqualTo(bob);
    assertThat(known(bob))
        .returns(true, Subject::active)
        .returns(Set.of("tellers"), Subject::groups)
        .returns(Set.of(Role.ADMINISTRATOR, Role.AUDITOR), Subject::roles);
  }

  @Test
  void a_customer_does_not_become_an_administrator() {
    var bob = add(Population.CUSTOMER);
    assertThat(recover("bob@bank.example"))
        .isEqualTo(Outcome.refused(AdministrationRefusal.USER_NAME_TAKEN));
    assertThat(known(bob).active()).isFalse();
  }

  @Test
  void after_a_recovery_nobody_is_the_first_administrator_any_more() {
    done(recover("ada@bank.example"));
    done(recover("ada@bank.example"));
    assertThat(new FirstAdministrator(changes).offer())
        .isEqualTo(Outcome.<Secret>refused(SignInRefusal.ADMINISTRATOR_EXISTS));
  }
}

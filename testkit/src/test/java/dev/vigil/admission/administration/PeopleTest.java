// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationScene.done;
import static dev.vigil.admission.administration.AdministrationScene.refusal;
import static dev.vigil.identity.Role.ADMINISTRATOR;
import static dev.vigil.identity.Role.HELP_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.FactsSink;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Population;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may sign in, and as what.
class PeopleTest {

  private final AdministrationScene scene = new AdministrationScene();
  private final People people = scene.people;

  @Test
  void an_invited_person_stands_in_the_list_and_the_event_says_who_and_why() {
    var alice = scene.invited("Alice@bank.example");
    assertThat(people.list()).containsExactly(alice);
    assertThat(done(people.find("ALICE@bank.example"))).isEqualTo(alice);
    assertThat(done(people.find(alice.id().value()))).isEqualTo(alice);
    assertThat(scene.lastEvent())
        .returns("subject-created", SecurityEvent::type)
        .returns("because the test says so", SecurityEvent::cause)
        .returns("system", SecurityEvent::actor);
    assertThat(scene.lastEvent().toString())
        .doesNotContain("vigil.example/i")
        .doesNotContain("bank.example");
    assertThat(scene.sink.last(FactsSink.Change.OfSubject.class).id()).isEqualTo(alice.id());
  }

  @Test
  void the_link_of_an_invitation_is_never_shown_by_accident() {
    assertThat(done(people.invite(scene.mandate, scene.person("alice"))).toString())
        .doesNotContain("https://vigil.example/i");
  }

  @Test
  void a_user_name_is_given_once_whatever_its_case() {
    scene.invited("alice@bank.example");
    int events = scene.events().size();
    assertThat(refusal(people.invite(scene.mandate, scene.person("ALICE@BANK.EXAMPLE"))))
        .contains(AdministrationRefusal.USER_NAME_TAKEN);
    assertThat(scene.events()).hasSize(events);
  }

  @Test
  void machines_are_not_invited_and_customers_do_not_administer() {
    var bot = scene.person("bot");
    assertThat(
            refusal(
                people.invite(
                    scene.mandate,
                    new NewPerson(
                        bot.userName(),
                        bot.displayName(),
                        Population.WORKLOAD,
                        Set.of(),
                        Set.of()))))
        .contains(AdministrationRefusal.NOT_A_PERSON);
    assertThat(
            refusal(
                people.invite(
                    scene.mandate,
                    new NewPerson(
                        bot.userName(),
                        bot.displayName(),
                        Population.CUSTOMER,
                        Set.of(),
                        Set.of(ADMINISTRATOR)))))
        .contains(AdministrationRefusal.ROLE_NOT_FOR_POPULATION);
  }

  @Test
  void groups_and_roles_change_and_the_facts_follow() {
    var bob = scene.invited("bob");
    done(people.join(scene.mandate, bob.id(), new GroupName("loans")));
    done(people.join(scene.mandate, bob.id(), new GroupName("all-staff")));
    assertThat(people.groups()).containsEntry("loans", 1L).containsEntry("all-staff", 1L);
    done(people.leave(scene.mandate, bob.id(), new GroupName("loans")));
    done(people.setRoles(scene.mandate, bob.id(), Set.of(HELP_DESK)));
    assertThat(done(people.find("bob")).groups()).containsExactly("all-staff");
    assertThat(scene.lastEvent().details())
        .containsEntry("roles", "help-desk")
        .containsEntry("groups", "all-staff");
    assertThat(
            scene
                .sink
                .last(FactsSink.Change.OfSubject.class)
                .facts()
                .find("subject.groups")
                .orElseThrow())
        .asString()
        .contains("all-staff")
        .doesNotContain("loans");
  }

  @Test
  void what_changes_nothing_makes_no_event() {
    var bob = scene.invited("bob");
    int events = scene.events().size();
    done(people.leave(scene.mandate, bob.id(), new GroupName("loans")));
    done(people.setRoles(scene.mandate, bob.id(), Set.of()));
    done(people.enable(scene.mandate, bob.id()));
    assertThat(scene.events()).hasSize(events);
  }

  @Test
  void nobody_is_in_more_groups_than_a_decision_should_read() {
    var bob = scene.invited("bob");
    var groups = new HashSet<GroupName>();
    for (int i = 0; i < 201; i++) groups.add(new GroupName("g" + i));
    assertThat(refusal(people.setGroups(scene.mandate, bob.id(), groups)))
        .contains(AdministrationRefusal.TOO_MANY_GROUPS);
  }

  @Test
  void disabling_ends_every_session_of_the_person_and_of_nobody_else() {
    scene.registered("root", ADMINISTRATOR);
    var mallory = scene.registered("mallory");
    var bob = scene.registered("bob");
    var one = scene.session(mallory);
    var two = scene.session(mallory);
    var other = scene.session(bob);
    done(people.disable(scene.mandate, mallory.id()));
    assertThat(done(people.find("mallory")).active()).isFalse();
    assertThat(scene.sessions.list()).containsExactly(other);
    assertThat(done(scene.sessions.show(one.id())).ended().orElseThrow().cause())
        .isEqualTo("because the test says so");
    var cut =
        scene.sink.last().changes().stream()
            .filter(FactsSink.Change.OfSession.class::isInstance)
            .map(FactsSink.Change.OfSession.class::cast)
            .toList();
    assertThat(cut)
        .extracting(FactsSink.Change.OfSession::id)
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(cut).allMatch(FactsSink.Change.OfSession::ended);
  }

  @Test
  void enabling_brings_no_session_back() {
    var bob = scene.registered("bob");
    scene.session(bob);
    done(people.disable(scene.mandate, bob.id()));
    done(people.enable(scene.mandate, bob.id()));
    assertThat(done(people.find("bob")).active()).isTrue();
    assertThat(scene.sessions.list()).isEmpty();
    assertThat(scene.lastEvent().type()).isEqualTo("account-enabled");
  }

  @Test
  void the_last_administrator_cannot_be_taken_away() {
    var root = scene.registered("root", ADMINISTRATOR);
    var session = scene.session(root);
    assertThat(refusal(people.disable(scene.mandate, root.id())))
        .contains(AdministrationRefusal.LAST_ADMINISTRATOR);
    assertThat(done(people.show(root.id())).sessions()).containsExactly(session);
    assertThat(scene.sink.last(FactsSink.Change.OfSession.class).ended()).isFalse();
    assertThat(refusal(people.setRoles(scene.mandate, root.id(), Set.of(HELP_DESK))))
        .contains(AdministrationRefusal.LAST_ADMINISTRATOR);
    assertThat(done(people.find("root"))).isEqualTo(root);
  }

  @Test
  void an_administrator_who_never_signed_in_does_not_count_as_the_one_who_stays() {
    var root = scene.registered("root", ADMINISTRATOR);
    var invited = scene.invited("second", ADMINISTRATOR);
    assertThat(refusal(people.disable(scene.mandate, root.id())))
        .contains(AdministrationRefusal.LAST_ADMINISTRATOR);
    done(people.disable(scene.mandate, invited.id()));
  }

  @Test
  void a_disabled_administrator_does_not_count_either() {
    var root = scene.registered("root", ADMINISTRATOR);
    var second = scene.registered("second", ADMINISTRATOR);
    done(people.disable(scene.mandate, second.id()));
    assertThat(refusal(people.setRoles(scene.mandate, root.id(), Set.of())))
        .contains(AdministrationRefusal.LAST_ADMINISTRATOR);
    done(people.enable(scene.mandate, second.id()));
    done(people.setRoles(scene.mandate, root.id(), Set.of()));
  }

  @Test
  void nobody_is_found_by_a_name_that_only_looks_right() {
    scene.invited("alice");
    for (var typed : new String[] {"\u0430lice", "sub_nonsense", "", "alice\u0000"})
      assertThat(refusal(people.find(typed)))
          .as(typed)
          .contains(AdministrationRefusal.NO_SUCH_PERSON);
  }

  @Test
  void a_disabled_person_is_not_invited_again() {
    var bob = scene.invited("bob");
    done(people.reinvite(scene.mandate, bob.id()));
    assertThat(scene.lastEvent().type()).isEqualTo("subject-invited");
    done(people.disable(scene.mandate, bob.id()));
    assertThat(refusal(people.reinvite(scene.mandate, bob.id())))
        .contains(AdministrationRefusal.DISABLED);
  }

  @Test
  void a_person_is_shown_with_what_hangs_on_them() {
    var bob = scene.registered("bob");
    var session = scene.session(bob);
    var shown = done(people.show(bob.id()));
    assertThat(shown.passkeys()).isEqualTo(1);
    assertThat(shown.sessions()).containsExactly(session);
  }
}

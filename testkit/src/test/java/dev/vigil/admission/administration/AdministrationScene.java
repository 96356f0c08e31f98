// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SessionId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An organisation in memory, and what its administrators can do there.
final class AdministrationScene {

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(7);
  final MemoryStore store = new MemoryStore(time);
  final CollectedFacts sink = new CollectedFacts();
  final Changes changes = new Changes(store, sink, time, entropy);
  final People people =
      new People(
          changes,
          (_, person) ->
              new Invitations.Invitation(
                  URI.create("https://vigil.example/i#" + person),
                  time.now().plus(Duration.ofDays(1))));
  final Apps apps = new Apps(changes, Set.of("vigil.example"));
  final Sessions sessions = new Sessions(changes);
  final Devices devices = new Devices(changes);
  final Policies policies = new Policies(changes);
  final Publications publications = publications(Publishing.Approval.NONE);
  private List<PublicationChecks.Check> checks = List.of();
  final Mandate mandate = new Mandate(Actor.SYSTEM, new Reason("because the test says so"));

  /// Publications by this organisation's rules, with the checks that [#checked] set.
  Publications publications(Publishing.Approval approval) {
    return new Publications(changes, new Publishing((_, _) -> checks, approval));
  }

  void checked(PublicationChecks.Check... all) {
    checks = List.of(all);
  }

  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new AssertionError(refusal.code() + ": " + detail);
    };
  }

  static Optional<Refusal> refusal(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  Subject invited(String name, Role... roles) {
    return done(people.invite(mandate, person(name, roles))).subject();
  }

  NewPerson person(String name, Role... roles) {
    return new NewPerson(
        done(UserName.of(name)),
        done(DisplayName.of(name)),
        Population.EMPLOYEE,
        Set.of(),
        Set.of(roles));
  }

  /// Somebody who has registered a passkey.
  Subject registered(String name, Role... roles) {
    var subject = invited(name, roles);
    store.change(tx -> {
      var key = Bytes.of(new byte[] {1});
      tx.put(
          new Passkey(
              name,
              subject.id(),
              key,
              "00000000-0000-0000-0000-000000000000",
              0,
              false,
              false,
              Set.of(),
              "key",
              time.now(),
              time.now()));
      return true;
    });
    return subject;
  }

  Session session(Subject subject) {
    var session =
        new Session(
            SessionId.random(entropy),
            subject.id(),
            new Session.Binding.Cookie(),
            List.of(),
            time.now(),
            time.now().plus(Duration.ofHours(8)),
            Optional.empty());
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(session);
          work.event("session-established", "test", Map.of(), session.id(), subject.id());
          return session;
        });
  }

  SecurityEvent lastEvent() {
    return events().getLast();
  }

  List<SecurityEvent> events() {
    return store.read((View view) -> view.eventsAfter(0, 1_000));
  }
}

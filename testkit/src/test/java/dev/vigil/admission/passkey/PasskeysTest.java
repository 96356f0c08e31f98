// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.Reason;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A person's passkeys: naming, removing, and what goes with one that is removed.
class PasskeysTest {

  private final ManualTime time = ManualTime.atNoon();
  private final SeededEntropy entropy = new SeededEntropy(5);
  private final Changes changes =
      new Changes(new MemoryStore(time), new CollectedFacts(), time, entropy);
  private final Passkeys passkeys = new Passkeys(changes);
  private final Mandate mandate = new Mandate(Actor.SYSTEM, reason());

  private static Reason reason() {
    return switch (Reason.of("the key was lost")) {
      case Outcome.Done<Reason>(Reason given) -> given;
      case Outcome.Refused<Reason> refused -> throw new AssertionError(refused.refusal().code());
    };
  }

  private SubjectId person(String name, Role... roles) {
    var id = SubjectId.random(entropy);
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx()
              .put(
                  new Subject(
                      id,
                      name,
                      name,
                      Population.EMPLOYEE,
                      Set.of(),
                      Set.of(roles),
                      true,
                      work.now()));
          work.event("subject-created", "test", Map.of(), id);
          return id;
        });
  }

  private Passkey passkey(SubjectId of, String id) {
    var passkey =
        new Passkey(
            id,
            of,
            Bytes.of(new byte[] {1}),
            "00000000-0000-0000-0000-000000000000",
            0,
            false,
            false,
            Set.of(),
            "key",
            time.now(),
            time.now());
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(passkey);
          return passkey;
        });
  }

  private Session session(SubjectId of, String... credentials) {
    var made =
        Arrays.stream(credentials)
            .map(id ->
                new Authentication(
                    time.now(), Strength.PASSKEY_HARDWARE, Set.of("hwk"), true, true, id))
            .toList();
    var session =
        new Session(
            SessionId.random(entropy),
            of,
            new Session.Binding.Cookie(),
            made,
            time.now(),
            time.now().plus(Duration.ofHours(8)),
            Optional.empty());
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(session);
          work.event("session-started", "test", Map.of(), session.id(), of);
          return session;
        });
  }

  private Session now(Session session) {
    return changes.read(view -> view.session(session.id())).orElseThrow();
  }

  private Actor.Person actor(SubjectId of) {
    return new Actor.Person(of, SessionId.random(entropy));
  }

  private List<String> events() {
    return changes.read(view -> view.eventsAfter(0, 100)).stream()
        .map(SecurityEvent::type)
        .toList();
  }

  private static Optional<Refusal> refusal(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  @Test
  void a_person_names_their_own_passkeys_only() {
    var alice = person("alice@bank.example");
    var bob = person("bob@bank.example");
    passkey(alice, "blue");
    assertThat(refusal(passkeys.rename(actor(bob), "blue", new PasskeyName("mine"))))
        .contains(PasskeysRefusal.NO_SUCH_PASSKEY);
    assertThat(refusal(passkeys.rename(actor(alice), "blue", new PasskeyName("my blue key"))))
        .isEmpty();
    assertThat(passkeys.of(alice)).extracting(Passkey::name).containsExactly("my blue key");
    for (String bad : List.of("", " ", "a\nb", "x".repeat(81), "x".repeat(10_000)))
      assertThat(refusal(PasskeyName.of(bad))).contains(PasskeysRefusal.NAME_FORM);
  }

  @Test
  void nobody_locks_themselves_out() {
    var alice = person("alice@bank.example");
    passkey(alice, "blue");
    assertThat(refusal(passkeys.remove(actor(alice), "blue")))
        .contains(PasskeysRefusal.LAST_PASSKEY);
    passkey(alice, "red");
    assertThat(refusal(passkeys.remove(actor(alice), "blue"))).isEmpty();
    assertThat(refusal(passkeys.remove(actor(alice), "red")))
        .contains(PasskeysRefusal.LAST_PASSKEY);
  }

  @Test
  void nobody_removes_anothers_passkey() {
    var alice = person("alice@bank.example");
    var bob = person("bob@bank.example");
    passkey(alice, "blue");
    passkey(alice, "red");
    assertThat(refusal(passkeys.remove(actor(bob), "blue")))
        .contains(PasskeysRefusal.NO_SUCH_PASSKEY);
    assertThat(passkeys.of(alice)).hasSize(2);
  }

  @Test
  void an_administrator_removes_even_the_last_one_of_somebody_else() {
    var alice = person("alice@bank.example");
    passkey(alice, "blue");
    assertThat(refusal(passkeys.remove(mandate, alice, "blue"))).isEmpty();
    assertThat(passkeys.of(alice)).isEmpty();
    assertThat(events()).contains("passkey-removed");
  }

  @Test
  void the_only_administrator_keeps_the_only_passkey() {
    var root = person("root@bank.example", Role.ADMINISTRATOR);
    passkey(root, "blue");
    var idle = person("idle@bank.example", Role.ADMINISTRATOR);
    assertThat(refusal(passkeys.remove(mandate, root, "blue")))
        .as("the other administrator cannot sign in")
        .contains(PasskeysRefusal.LAST_ADMINISTRATOR);
    passkey(idle, "red");
    assertThat(refusal(passkeys.remove(mandate, root, "blue"))).isEmpty();
  }

  @Test
  void sessions_that_rest_on_a_removed_passkey_alone_end_and_others_forget_it() {
    var alice = person("alice@bank.example");
    passkey(alice, "blue");
    passkey(alice, "red");
    var alone = session(alice, "blue", "blue");
    var both = session(alice, "blue", "red");
    var other = session(alice, "red");
    assertThat(refusal(passkeys.remove(actor(alice), "blue"))).isEmpty();
    assertThat(now(alone).livesAt(time.now())).isFalse();
    assertThat(now(both).livesAt(time.now())).isTrue();
    assertThat(now(both).authentications())
        .extracting(Authentication::credentialId)
        .containsExactly("red");
    assertThat(now(other)).isEqualTo(other);
    assertThat(events()).contains("passkey-removed", "session-revoked", "session-weakened");
  }

  @Test
  void a_refused_removal_ends_nothing() {
    var alice = person("alice@bank.example");
    passkey(alice, "blue");
    var session = session(alice, "blue");
    assertThat(refusal(passkeys.remove(actor(alice), "blue")))
        .contains(PasskeysRefusal.LAST_PASSKEY);
    assertThat(now(session).livesAt(time.now())).isTrue();
  }
}

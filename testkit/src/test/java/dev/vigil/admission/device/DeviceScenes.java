// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.FactsSink;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.View;
import dev.vigil.admission.administration.Invitations;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Authentication.Strength;
import dev.vigil.identity.Population;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.SubjectId;
import dev.vigil.posture.Report;
import dev.vigil.testkit.CollectedFacts;
import dev.vigil.testkit.ManualTime;
import dev.vigil.testkit.MemoryStore;
import dev.vigil.testkit.SeededEntropy;
import dev.vigil.testkit.SoftwareKey;
import dev.vigil.testkit.TestAuthorities;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The stage on which the scenes about devices play: an organisation with Alice, who signs in with
/// a phone.
final class DeviceScenes {

  final ManualTime time = ManualTime.atNoon();
  final SeededEntropy entropy = new SeededEntropy(3);
  final MemoryStore store = new MemoryStore(time);
  final CollectedFacts sink = new CollectedFacts();
  final Changes changes = new Changes(store, sink, time, entropy);
  final TestAuthorities authorities = new TestAuthorities(time.now(), entropy);
  final Enrolment enrolment =
      new Enrolment(changes, authorities, Attestations.NONE, Duration.ofHours(24));
  final Renewal renewal = new Renewal(changes, authorities, Duration.ofHours(24));
  final PostureReports reports = new PostureReports(changes);
  final Partners partners = new Partners(changes, authorities, Duration.ofDays(30));
  final Revocation revocation = new Revocation(changes);
  final Sessions sessions = new Sessions(changes);
  final People people =
      new People(
          changes,
          (work, _) ->
              new Invitations.Invitation(URI.create("https://vigil.example/invite"), work.now()));
  final Subject alice = subject("alice");
  final SoftwareKey phone = SoftwareKey.generate();

  Subject subject(String name) {
    var subject =
        new Subject(
            SubjectId.random(entropy),
            name + "@bank.example",
            name,
            Population.EMPLOYEE,
            Set.of("all"),
            Set.of(),
            true,
            time.now());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(subject);
          return work.event("subject-created", "invited", Map.of(), subject.id());
        });
    return subject;
  }

  Session signedIn(Subject subject, SoftwareKey key) {
    return session(subject, new Session.Binding.Key(key.thumbprint()));
  }

  Session session(Subject subject, Session.Binding binding) {
    var authentication =
        new Authentication(time.now(), Strength.PASSKEY, Set.of("swk"), true, true, "credential");
    var session =
        new Session(
            SessionId.random(entropy),
            subject.id(),
            binding,
            List.of(authentication),
            time.now(),
            time.now().plus(Duration.ofDays(60)),
            Optional.empty());
    changes.commit(
        Actor.SYSTEM,
        work -> {
          work.tx().put(session);
          return work.event(
              "session-established", "signed in", Map.of(), session.id(), subject.id());
        });
    return session;
  }

  Bytes challenge(Session session) {
    return value(enrolment.challenge(session.id())).value();
  }

  /// The system itself, for this reason.
  static Mandate because(String reason) {
    return new Mandate(Actor.SYSTEM, new Reason(reason));
  }

  /// The certificate request of a key that answers a challenge.
  static Bytes answering(Bytes challenge, SoftwareKey key) {
    return key.certificateRequest(challenge.toString());
  }

  Enrolment.Request request(Session session, Bytes csr, Bytes challenge) {
    return new Enrolment.Request(
        session.id(), csr, challenge, "Alice's phone", Report.empty(), Optional.empty());
  }

  Outcome<Issued> enrol(Session session, SoftwareKey key) {
    var challenge = challenge(session);
    return enrolment.enrol(request(session, answering(challenge, key), challenge));
  }

  /// Alice's phone, enrolled in a session of hers.
  Issued enrolled() {
    return value(enrol(signedIn(alice, phone), phone));
  }

  Session session(SessionId id) {
    return store.read(view -> view.session(id)).orElseThrow();
  }

  /// The same store on a disk that is full.
  Store readOnlyStore() {
    return new Store() {
      @Override
      public <T> T change(Function<? super Tx, ? extends T> body) {
        throw new StoreUnavailable("the disk is full", new IOException("full"));
      }

      @Override
      public <T> T read(Function<? super View, ? extends T> query) {
        return store.read(query);
      }
    };
  }

  FactsSink.Change.OfDevice deviceFacts() {
    return sink.last(FactsSink.Change.OfDevice.class);
  }

  List<String> lastEvents() {
    return sink.last().events().stream().map(event -> event.type()).toList();
  }

  static <T> T value(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  static Refusal refusal(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Refused<?> refused) return refused.refusal();
    throw new AssertionError("it was not refused");
  }
}

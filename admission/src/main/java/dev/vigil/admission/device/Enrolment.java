// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.device;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import dev.vigil.pki.CertificateRequest;
import dev.vigil.posture.Device;
import dev.vigil.posture.Report;
import dev.vigil.posture.Signal;
import dev.vigil.posture.attestation.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Enrols a phone: once, for the key that its session is bound to. The session is on the device
/// from then on.
public final class Enrolment {

  private static final int LONGEST_NAME = 64;

  private final Changes changes;
  private final Issuing issuing;
  private final Challenges challenges;
  private final Proving proving;
  private final EnrolmentRules rules;

  /// Without rules of the organisation's own.
  ///
  /// @param attestations who verifies platforms' statements
  /// @param lifetime of phones' certificates
  public Enrolment(
      Changes changes, Authorities authorities, Attestations attestations, Duration lifetime) {
    this(changes, authorities, attestations, lifetime, EnrolmentRules.NONE);
  }

  /// @param attestations who verifies platforms' statements
  /// @param lifetime of phones' certificates
  /// @param rules who may enrol what
  public Enrolment(
      Changes changes,
      Authorities authorities,
      Attestations attestations,
      Duration lifetime,
      EnrolmentRules rules) {
    this.changes = changes;
    this.rules = rules;
    this.issuing = new Issuing(authorities, lifetime);
    this.proving = new Proving(attestations);
    this.challenges = new Challenges(changes);
  }

  /// What a device attests: a digest over its key, its subject and a nonce; good once and for five
  /// minutes.
  public record Challenge(Bytes value, Instant expiresAt) {}

  /// What a phone sends to be enrolled.
  ///
  /// @param challenge the value of the [Challenge]
  /// @param name what its owner calls it
  /// @param attestation the platform's statement about the device and its key. One that is wrong
  ///   refuses the enrolment; one that cannot be verified now proves nothing
  public record Request(
      SessionId session,
      Bytes csr,
      Bytes challenge,
      String name,
      Report report,
      Optional<Statement> attestation) {}

  /// A challenge for the key that this session hangs on.
  public Outcome<Challenge> challenge(SessionId session) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            holder(work, session)
                .map(holder -> {
                  var value = Challenges.fresh(holder, work.entropy());
                  var kept = Challenges.kept(value, holder, work.now());
                  work.tx().put(kept);
                  return new Challenge(value, kept.expiresAt());
                }));
  }

  private static Outcome<Challenges.Holder> holder(Work work, SessionId id) {
    var session = work.tx().session(id).filter(found -> found.livesAt(work.now()));
    if (session.isEmpty()) return Outcome.refused(DeviceRefusal.SESSION_OVER);
    var person = active(work.tx(), session.get());
    if (person.isEmpty()) return Outcome.refused(DeviceRefusal.SUBJECT_DISABLED);
    if (person.get().keptForEmergencies()) return Outcome.refused(DeviceRefusal.BREAK_GLASS);
    return switch (session.get().binding()) {
      case Session.Binding.Key key -> Outcome.done(Challenges.Holder.of(session.get(), key));
      case Session.Binding.Device _ -> Outcome.refused(DeviceRefusal.ALREADY_ENROLLED);
      case Session.Binding.Cookie _, Session.Binding.Certificate _ ->
          Outcome.refused(DeviceRefusal.NOT_BOUND_TO_KEY);
    };
  }

  private static Optional<Subject> active(View view, Session session) {
    return view.subject(session.subject()).filter(Subject::active);
  }

  /// Enrols. The challenge is spent even if the enrolment is refused. Refusals are
  /// [DeviceRefusal]s, or come from reading the certificate request or the report.
  public Outcome<Issued> enrol(Request request) {
    if (!PlainText.fits(request.name, LONGEST_NAME))
      return Outcome.refused(DeviceRefusal.NAME_NOT_ALLOWED);
    var answer =
        CertificateRequest.parse(request.csr)
            .then(csr -> csr.answering(request.challenge.toString()))
            .then(csr -> enrol(request, csr));
    if (answer instanceof Outcome.Refused<Issued> refused) record(request, refused);
    return answer;
  }

  private Outcome<Issued> enrol(Request request, CertificateRequest csr) {
    var made = challenges.spend(Actor.SYSTEM, request.challenge);
    if (made.isEmpty()) return Outcome.refused(DeviceRefusal.CHALLENGE_SPENT);
    return proving
        .prove(request.attestation, request.challenge, csr.thumbprint(), changes.time().now())
        .then(proof -> enrol(request, new Asked(csr, made.get(), proof)));
  }

  /// What is asked, proven as far as it can be without the store.
  private record Asked(CertificateRequest csr, Challenges.Holder made, Proving.Proof proof) {}

  private Outcome<Issued> enrol(Request request, Asked asked) {
    Outcome<Answer> answer = decided(request, asked);
    return answer.then(given ->
        switch (given) {
          case Answer.Enrolled(Issued issued) -> Outcome.done(issued);
          case Answer.Waits(PendingEnrolment pending) ->
              Outcome.refused(DeviceRefusal.APPROVAL_NEEDED, "it waits as `" + pending.id() + "`");
        });
  }

  /// What is kept: a device, or that it waits for approval.
  private sealed interface Answer {
    record Enrolled(Issued issued) implements Answer {}

    record Waits(PendingEnrolment pending) implements Answer {}
  }

  private Outcome<Answer> decided(Request request, Asked asked) {
    return changes.commit(
        actor(request),
        work ->
            holder(work, request.session)
                .then(holder ->
                    holder.equals(asked.made)
                        ? Outcome.done(holder)
                        : Outcome.refused(DeviceRefusal.CHALLENGE_OF_ANOTHER))
                .then(holder -> allowed(work, holder, asked.csr))
                .then(holder ->
                    request
                        .report
                        .read(work.now())
                        .then(signals ->
                            decided(work, request, new Admitted(holder, asked, signals)))));
  }

  private static Outcome<Challenges.Holder> allowed(
      Work work, Challenges.Holder holder, CertificateRequest csr) {
    if (!csr.thumbprint().equals(holder.key()))
      return Outcome.refused(DeviceRefusal.KEY_OF_ANOTHER);
    if (work.tx().deviceOfKey(holder.key()).isPresent())
      return Outcome.refused(DeviceRefusal.KEY_KNOWN);
    return Outcome.done(holder);
  }

  /// Everything was checked.
  private record Admitted(Challenges.Holder holder, Asked asked, List<Signal> reported) {}

  private Outcome<Answer> decided(Work work, Request request, Admitted admitted) {
    var subject = work.tx().subject(admitted.holder.subject()).orElseThrow();
    var showing = Showing.of(admitted.asked.proof.signals(), admitted.reported);
    return rules
        .admit(work.tx(), subject, showing)
        .then(rule -> {
          if (rule.approval() == EnrolmentRules.Approval.NONE)
            return enrol(work, request, admitted).map(Answer.Enrolled::new);
          var asked =
              new PendingEnrolment(
                  ChangeId.random(work.entropy()),
                  subject.id(),
                  admitted.holder.key(),
                  request.name,
                  showing,
                  rule.approval(),
                  work.now().plus(PendingEnrolment.LIFETIME),
                  Optional.empty());
          return Approvals.spend(work, asked)
              ? enrol(work, request, admitted).map(Answer.Enrolled::new)
              : Approvals.await(work, asked).map(Answer.Waits::new);
        });
  }

  private Outcome<Issued> enrol(Work work, Request request, Admitted admitted) {
    var holder = admitted.holder;
    var device =
        new Device(
            DeviceId.random(work.entropy()),
            Device.Kind.PHONE,
            holder.subject(),
            holder.key(),
            request.name,
            work.now(),
            Optional.empty());
    work.tx().put(device);
    work.tx()
        .session(request.session)
        .ifPresent(session ->
            work.tx().put(session.on(new Session.Binding.Device(device.id(), holder.key()))));
    work.event(
        "device-enrolled",
        "enrolled by its owner",
        details(request, admitted.asked.proof),
        device.id(),
        holder.subject(),
        request.session);
    Intake.take(work, device.id(), admitted.asked.proof.signals(), "attested at enrolment");
    Intake.take(work, device.id(), admitted.reported, "said at enrolment");
    return issuing.issue(work, device, admitted.asked.csr);
  }

  private static Map<String, String> details(Request request, Proving.Proof proof) {
    var details = new HashMap<String, String>();
    details.put("name", request.name);
    proof.signals().stream()
        .findFirst()
        .ifPresent(signal -> details.put("attestation", signal.source()));
    proof.unverified().ifPresent(why -> details.put("attestation_unverified", why.code()));
    return details;
  }

  private Actor actor(Request request) {
    return changes
        .read(view -> view.session(request.session))
        .<Actor>map(session -> new Actor.Person(session.subject(), session.id()))
        .orElse(Actor.SYSTEM);
  }

  private void record(Request request, Outcome.Refused<Issued> refused) {
    if (refused.refusal() == DeviceRefusal.APPROVAL_NEEDED) return; // an event of its own says so
    if (actor(request) instanceof Actor.Person person) {
      changes.refused(
          person, "enrolment-refused", refused.refusal(), person.subject(), person.session());
    }
  }
}

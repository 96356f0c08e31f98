// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.identity.passkey.Authenticators;
import dev.vigil.identity.passkey.Ceremonies;
import dev.vigil.identity.passkey.NewPasskey;
import dev.vigil.identity.passkey.PasskeyRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Registers passkeys: of people with an invitation, and of the first administrator.
public final class Registration {

  /// How many passkeys one person may have.
  private static final int MOST = 20;

  private final Changes changes;
  private final Ceremonies ceremonies;

  public Registration(Changes changes, Ceremonies ceremonies) {
    this.changes = changes;
    this.ceremonies = ceremonies;
  }

  /// What an authenticator is asked to make (WebAuthn Level 3, section 7.1 step 1).
  ///
  /// @param known the credential ids that the person has already
  /// @param attestation whether the authenticator is asked what it is
  public record Asked(
      Secret challenge,
      SubjectId subject,
      String userName,
      String displayName,
      List<String> known,
      Authenticators.Conveyance attestation) {
    public Asked {
      known = List.copyOf(known);
    }
  }

  /// A registered passkey.
  public record Registered(SubjectId subject, String userName) {}

  /// A challenge for the invited person.
  public Outcome<Asked> challenge(Secret visit) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.REGISTER)
                .then(known ->
                    work.tx()
                        .subject(new SubjectId(known.subject()))
                        .map(Outcome::done)
                        .orElseGet(() -> Outcome.<Subject>refused(SignInRefusal.TICKET))
                        .map(subject -> asked(work, visit, subject))));
  }

  private Asked asked(Work work, Secret visit, Subject subject) {
    var challenge =
        Visits.challenge(
            work,
            visit,
            new Visits.SubjectName(
                subject.id().value(), subject.userName(), subject.displayName()));
    var known = work.tx().passkeysOf(subject.id()).stream().map(Passkey::credentialId).toList();
    return new Asked(
        challenge,
        subject.id(),
        subject.userName(),
        subject.displayName(),
        known,
        ceremonies.authenticators().conveyance(subject.groups()));
  }

  /// A challenge for the first administrator, who chooses the name.
  public Outcome<Asked> challenge(Secret visit, UserName userName, DisplayName name) {
    return changes.commit(
        Actor.SYSTEM,
        work ->
            Visits.require(work, visit, Kept.Purpose.ADMINISTRATOR)
                .then(_ -> {
                  if (work.tx().subjectNamed(userName.value()).isPresent())
                    return Outcome.refused(AdministrationRefusal.USER_NAME_TAKEN);
                  var id = SubjectId.random(work.entropy());
                  var challenge =
                      Visits.challenge(
                          work,
                          visit,
                          new Visits.SubjectName(id.value(), userName.value(), name.value()));
                  return Outcome.done(
                      new Asked(
                          challenge,
                          id,
                          userName.value(),
                          name.value(),
                          List.of(),
                          ceremonies.authenticators().conveyance(Set.of())));
                }));
  }

  /// Verifies the authenticator's answer and registers the passkey; the invitation is spent only
  /// now.
  public Outcome<Registered> finish(Secret visit, Secret challenge, String credential) {
    return Settled.commit(
        changes,
        Actor.SYSTEM,
        work ->
            Visits.spend(work, visit, challenge)
                .then(kept ->
                    Visits.require(work, visit, Kept.Purpose.REGISTER, Kept.Purpose.ADMINISTRATOR)
                        .then(known ->
                            noted(
                                work,
                                kept,
                                ceremonies
                                    .register(credential, challenge, groups(work, kept), work.now())
                                    .then(made ->
                                        register(work, visit, new Ceremony(known, kept), made))))));
  }

  /// A refusal leaves an event: somebody tried to register what may not be registered.
  private static Outcome<Registered> noted(
      Work work, Kept.Challenge kept, Outcome<Registered> answer) {
    if (answer instanceof Outcome.Refused<Registered>(Refusal refusal, String _)) {
      var about =
          work.tx()
              .subject(new SubjectId(kept.subject()))
              .map(subject -> new Object[] {subject.id()})
              .orElse(new Object[0]);
      work.note(
          "passkey-registration-refused", refusal.says(), Map.of("code", refusal.code()), about);
    }
    return answer;
  }

  private static Set<String> groups(Work work, Kept.Challenge kept) {
    return work.tx().subject(new SubjectId(kept.subject())).map(Subject::groups).orElse(Set.of());
  }

  private record Ceremony(Kept.Visit visit, Kept.Challenge challenge) {
    boolean first() {
      return visit.purpose() == Kept.Purpose.ADMINISTRATOR;
    }

    SubjectId subject() {
      return new SubjectId(challenge.subject());
    }
  }

  private static Outcome<Registered> register(
      Work work, Secret visit, Ceremony ceremony, NewPasskey made) {
    if (work.tx().passkey(made.credentialId()).isPresent())
      return Outcome.refused(PasskeyRefusal.TAKEN);
    if (work.tx().passkeysOf(ceremony.subject()).size() >= MOST)
      return Outcome.refused(PasskeyRefusal.TOO_MANY);
    if (ceremony.first() && FirstAdministrator.existed(work))
      return Outcome.refused(SignInRefusal.ADMINISTRATOR_EXISTS);
    var kind = ceremony.first() ? OneTime.Kind.ADMINISTRATOR : OneTime.Kind.INVITATION;
    if (work.tx().spend(kind, Visits.ticket(ceremony.visit()), work.now()).isEmpty())
      return Outcome.refused(SignInRefusal.TICKET);
    if (ceremony.first()) administrator(work, ceremony);
    var id = ceremony.subject();
    work.tx()
        .put(
            made.of(
                id,
                made.backupEligible() ? "synced passkey" : "security key or device",
                work.now()));
    work.event(
        "passkey-registered",
        ceremony.first() ? "first administrator" : "invitation",
        Map.of(
            "credential", made.credentialId(),
            "model", made.aaguid(),
            "attestation", made.attestation().format(),
            "trust", made.attestation().trust().label()),
        id);
    Visits.end(work, visit);
    return Outcome.done(new Registered(id, ceremony.challenge().userName()));
  }

  private static void administrator(Work work, Ceremony ceremony) {
    var kept = ceremony.challenge();
    work.tx()
        .put(
            new Subject(
                ceremony.subject(),
                kept.userName(),
                kept.displayName(),
                Population.EMPLOYEE,
                Set.of(),
                Set.of(Role.ADMINISTRATOR),
                true,
                work.now()));
    FirstAdministrator.remember(work);
    work.event("subject-created", "first administrator", Map.of(), ceremony.subject());
  }
}

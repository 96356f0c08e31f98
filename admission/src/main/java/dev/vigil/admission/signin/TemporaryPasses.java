// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PlainText;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.identity.TemporaryPass;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Temporary access passes: the way back for a person who has lost every passkey, or has none yet
/// and cannot be sent a link. A pass registers one passkey and nothing else: it signs nobody in.
public final class TemporaryPasses {

  /// How long a pass lasts unless somebody says otherwise.
  public static final Duration USUAL_LIFE = Duration.ofHours(1);

  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(8);
  private static final int LONGEST_NAME = 320;
  private static final Set<Population> MACHINES = Set.of(Population.WORKLOAD, Population.AGENT);

  private final Changes changes;

  public TemporaryPasses(Changes changes) {
    this.changes = changes;
  }

  /// A pass for a person.
  public record Issued(Subject subject, TemporaryPass pass, Instant expiresAt) {}

  /// Issues a pass. For a person with an administrative role only an administrator may: whoever can
  /// give a pass can become that person.
  ///
  /// @param life 5 minutes to 8 hours
  public Outcome<Issued> issue(Mandate mandate, Set<Role> issuer, SubjectId id, Duration life) {
    if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0)
      return Outcome.refused(SignInRefusal.PASS_LIFE);
    return changes.commit(
        mandate.by(),
        work ->
            work.tx()
                .subject(id)
                .map(subject ->
                    mayHave(subject, issuer).map(_ -> issued(work, subject, life, mandate)))
                .orElseGet(() -> Outcome.refused(AdministrationRefusal.NO_SUCH_PERSON)));
  }

  private static Outcome<Subject> mayHave(Subject subject, Set<Role> issuer) {
    if (MACHINES.contains(subject.population()))
      return Outcome.refused(AdministrationRefusal.NOT_A_PERSON);
    if (!subject.active()) return Outcome.refused(AdministrationRefusal.DISABLED);
    if (!subject.roles().isEmpty() && !issuer.contains(Role.ADMINISTRATOR))
      return Outcome.refused(SignInRefusal.PASS_FOR_ADMINISTRATOR);
    return Outcome.done(subject);
  }

  private static Issued issued(Work work, Subject subject, Duration life, Mandate mandate) {
    var pass = TemporaryPass.random(work.entropy());
    var expires = work.now().plus(life);
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.INVITATION,
                pass.digestFor(subject.id()),
                subject.id().value(),
                expires));
    work.note(
        "temporary-pass-issued",
        mandate.reason().text(),
        Map.of("minutes", Long.toString(life.toMinutes())),
        subject.id());
    return new Issued(subject, pass, expires);
  }

  /// Who it would be that typed this user name, so that attempts for one person can be counted.
  public Optional<SubjectId> person(String userName) {
    String folded = userName.length() > 1_000 ? "" : PlainText.folded(userName);
    return PlainText.fits(folded, LONGEST_NAME)
        ? changes.read(view -> view.subjectNamed(folded)).map(Subject::id)
        : Optional.empty();
  }

  /// Remembers that a pass was tried for somebody in vain.
  void refused(SubjectId person) {
    changes.refused(
        dev.vigil.admission.Actor.SYSTEM, "temporary-pass-refused", SignInRefusal.PASS, person);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.Work;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.SubjectId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Links with which people register passkeys. Whoever calls this has checked that the actor may
/// invite.
public final class Invitations {

  private static final Duration LIFE = Duration.ofHours(24);
  private static final Duration OWN_LIFE = Duration.ofMinutes(10);

  private final Changes changes;

  public Invitations(Changes changes) {
    this.changes = changes;
  }

  /// Somebody new.
  public record Person(
      PersonName name, Population population, Set<String> groups, Set<Role> roles) {
    public Person {
      groups = Set.copyOf(groups);
      roles = Set.copyOf(roles);
    }
  }

  /// An invitation.
  ///
  /// @param secret for the link `/invite#...`; known to nobody else
  public record Invited(SubjectId subject, Secret secret, Duration life) {}

  /// Invites somebody new for 24 hours.
  public Outcome<Invited> invite(Actor actor, Person person) {
    return changes.commit(
        actor,
        work -> {
          var name = person.name();
          if (work.tx().subjectNamed(name.userName()).isPresent())
            return Outcome.refused(SignInRefusal.USER_NAME_TAKEN);
          var id = SubjectId.random(work.entropy());
          work.tx()
              .put(
                  new Subject(
                      id,
                      name.userName(),
                      name.displayName(),
                      person.population(),
                      person.groups(),
                      person.roles(),
                      true,
                      work.now()));
          work.event("subject-created", "invitation", Map.of(), id);
          return Outcome.done(keep(work, id, LIFE));
        });
  }

  /// Invites somebody known to register another passkey, such as after all were lost, for 24 hours.
  public Outcome<Invited> again(Actor actor, SubjectId subject) {
    return known(actor, subject, LIFE);
  }

  /// A further passkey for the person who asks, in a session of their own, for ten minutes.
  public Outcome<Invited> another(Actor.Person actor) {
    return known(actor, actor.subject(), OWN_LIFE);
  }

  private Outcome<Invited> known(Actor actor, SubjectId subject, Duration life) {
    return changes.commit(
        actor,
        work ->
            work.tx().subject(subject).filter(Subject::active).isPresent()
                ? Outcome.done(keep(work, subject, life))
                : Outcome.refused(SignInRefusal.NO_PERSON));
  }

  /// A link for somebody whom this very change creates or knows, for 24 hours.
  public Invited within(Work work, SubjectId subject) {
    return keep(work, subject, LIFE);
  }

  private static Invited keep(Work work, SubjectId subject, Duration life) {
    var secret = Secret.random(work.entropy());
    work.tx()
        .put(
            new OneTime(
                OneTime.Kind.INVITATION, secret.digest(), subject.value(), work.now().plus(life)));
    work.note(
        "passkey-invited",
        "a link was made",
        Map.of("hours", Long.toString(life.toHours())),
        subject);
    return new Invited(subject, secret, life);
  }
}

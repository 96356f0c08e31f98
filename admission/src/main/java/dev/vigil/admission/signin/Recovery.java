// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.signin;

import dev.vigil.admission.Actor;
import dev.vigil.admission.Changes;
import dev.vigil.admission.Work;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// The way back in when no administrator can sign in any more: somebody on the machine itself makes
/// one. Whoever calls this has made sure that it is nobody else.
public final class Recovery {

  private final Changes changes;

  public Recovery(Changes changes) {
    this.changes = changes;
  }

  /// Makes this person an administrator who may sign in, adding the person if there is none of this
  /// name, and a link with which the person registers a passkey. Earlier passkeys stay.
  ///
  /// @return refused if the user name is not an employee's
  public Outcome<Invitations.Invited> recover(UserName userName, DisplayName displayName) {
    return changes.commit(
        Actor.SYSTEM,
        work -> {
          var known = work.tx().subjectNamed(userName.value());
          if (known.filter(subject -> subject.population() != Population.EMPLOYEE).isPresent())
            return Outcome.refused(AdministrationRefusal.USER_NAME_TAKEN);
          if (!FirstAdministrator.existed(work)) FirstAdministrator.remember(work);
          var subject =
              known.map(Recovery::raised).orElseGet(() -> added(work, userName, displayName));
          work.tx().put(subject);
          work.event(
              "administrator-recovered",
              "`vigil admin recover` on the machine itself",
              Map.of("new_person", Boolean.toString(known.isEmpty())),
              subject.id());
          return Outcome.done(new Invitations(changes).within(work, subject.id()));
        });
  }

  private static Subject added(Work work, UserName userName, DisplayName displayName) {
    return new Subject(
        SubjectId.random(work.entropy()),
        userName.value(),
        displayName.value(),
        Population.EMPLOYEE,
        Set.of(),
        Set.of(Role.ADMINISTRATOR),
        true,
        work.now());
  }

  private static Subject raised(Subject known) {
    var roles = EnumSet.of(Role.ADMINISTRATOR);
    roles.addAll(known.roles());
    return known.withRoles(roles).withActive(true);
  }
}

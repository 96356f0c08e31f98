// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import static dev.vigil.admission.administration.AdministrationRefusal.NOT_A_MACHINE;
import static dev.vigil.admission.administration.AdministrationRefusal.NO_SUCH_PERSON;
import static dev.vigil.admission.administration.AdministrationRefusal.TOO_MANY_ENFORCED;

import dev.vigil.admission.Changes;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.View;
import dev.vigil.admission.Work;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which machines may ask for decisions, and about what. A machine is registered first; here it is
/// told which apps it stands before.
public final class EnforcementPoints {

  private static final int MOST_APPS = 64;

  private final Changes changes;

  public EnforcementPoints(Changes changes) {
    this.changes = changes;
  }

  /// One of them with its name.
  public record Known(Subject machine, Set<AppId> apps) {
    public Known {
      apps = Set.copyOf(apps);
    }
  }

  /// All of them.
  public List<Known> all() {
    return changes.read(view ->
        view.enforcementPoints().stream()
            .flatMap(point ->
                view.subject(point.subject()).stream()
                    .map(machine -> new Known(machine, point.apps())))
            .toList());
  }

  /// Replaces what a machine may ask about; with no apps it may ask no more.
  public Outcome<Known> assign(Mandate mandate, UserName machine, Set<AppId> apps) {
    if (apps.size() > MOST_APPS) return Outcome.refused(TOO_MANY_ENFORCED);
    return changes.commit(
        mandate.by(),
        work -> machine(work.tx(), machine).map(found -> assign(work, mandate, found, apps)));
  }

  private static Outcome<Subject> machine(View view, UserName name) {
    var found = view.subjectNamed(name.value());
    if (found.isEmpty())
      return Outcome.refused(NO_SUCH_PERSON, "`" + name + "` is not the name of a machine");
    boolean machine =
        switch (found.get().population()) {
          case WORKLOAD -> true;
          case PARTNER -> view.passkeysOf(found.get().id()).isEmpty();
          case EMPLOYEE, CUSTOMER, AGENT -> false;
        };
    return machine ? Outcome.done(found.get()) : Outcome.refused(NOT_A_MACHINE);
  }

  private static Known assign(Work work, Mandate mandate, Subject machine, Set<AppId> apps) {
    work.tx().put(new EnforcementPoint(machine.id(), apps));
    String named = apps.stream().map(AppId::value).sorted().collect(Collectors.joining(" "));
    work.note(
        "enforcement-point-changed", mandate.reason().text(), Map.of("apps", named), machine.id());
    return new Known(machine, apps);
  }
}

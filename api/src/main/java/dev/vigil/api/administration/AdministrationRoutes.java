// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.admission.Changes;
import dev.vigil.admission.administration.Apps;
import dev.vigil.admission.administration.Devices;
import dev.vigil.admission.administration.EnforcementPoints;
import dev.vigil.admission.administration.Mandate;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Policies;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Reason;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.admission.device.Partners;
import dev.vigil.admission.device.Revocation;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.admission.signin.TemporaryPasses;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Role;
import java.util.List;
import java.util.stream.Stream;

/// Every route of the administration API.
public final class AdministrationRoutes {

  static final String BASE = "/admin/v1";

  private final Doors doors;
  private final UseCases useCases;

  public AdministrationRoutes(Doors doors, UseCases useCases) {
    this.doors = doors;
    this.useCases = useCases;
  }

  /// What the routes stand on.
  public record UseCases(
      Changes changes,
      People people,
      Apps apps,
      Policies policies,
      Publications publications,
      EnforcementPoints enforcementPoints,
      Sessions sessions,
      Devices devices,
      Revocation revocation,
      Partners partners) {}

  /// Who may do what.
  ///
  /// @param readers see everything
  /// @param helpers end sessions and revoke devices
  /// @param authors change policies and apps
  /// @param administrators do everything
  record Callers(
      Caller<Doors.Person> readers,
      Caller<Doors.Person> helpers,
      Caller<Doors.Person> authors,
      Caller<Doors.Person> administrators) {}

  /// For a listener's `Routes`.
  public List<Route<?>> routes() {
    var callers =
        new Callers(
            doors.administrator(Role.POLICY_AUTHOR, Role.HELP_DESK, Role.AUDITOR),
            doors.administrator(Role.HELP_DESK),
            doors.administrator(Role.POLICY_AUTHOR),
            doors.administrator());
    return Stream.of(
            new PeopleRoutes(useCases.people(), callers).routes(),
            new PassRoutes(new TemporaryPasses(useCases.changes()), useCases.people(), callers)
                .routes(),
            new PasskeyRoutes(new Passkeys(useCases.changes()), useCases.people(), callers)
                .routes(),
            new GroupRoutes(useCases.people(), callers).routes(),
            new DeviceRoutes(useCases, callers).routes(),
            new SessionRoutes(useCases.sessions(), useCases.people(), callers).routes(),
            new AppRoutes(useCases.apps(), callers).routes(),
            new PolicyRoutes(useCases.policies(), useCases.publications(), callers).routes(),
            new EnforcementPointRoutes(useCases.enforcementPoints(), callers).routes(),
            new EventRoutes(useCases.changes(), callers).routes(),
            new PartnerRoutes(useCases.partners(), callers).routes())
        .<Route<?>>flatMap(List::stream)
        .toList();
  }

  /// The mandate of this person for this reason.
  static Mandate mandate(Doors.Person person, Reason reason) {
    return new Mandate(person.actor(), reason);
  }
}

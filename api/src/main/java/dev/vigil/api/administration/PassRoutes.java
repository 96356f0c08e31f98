// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.People;
import dev.vigil.admission.signin.TemporaryPasses;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import java.time.Duration;
import java.util.List;

/// Temporary access passes, as the help desk gives them.
final class PassRoutes {

  private final TemporaryPasses passes;
  private final People people;
  private final AdministrationRoutes.Callers callers;

  PassRoutes(TemporaryPasses passes, People people, AdministrationRoutes.Callers callers) {
    this.passes = passes;
    this.people = people;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.post(
                BASE + "/subjects/{subject}/temporary-pass",
                callers.helpers(),
                Body.json(),
                answered(this::issue))
            .limited(Rate.perMinute(30)));
  }

  private Response issue(Request request, Doors.Person person) {
    var members = Members.of(request, "minutes", "reason");
    var life =
        Duration.ofMinutes(
            members.number("minutes").orElse(TemporaryPasses.USUAL_LIFE.toMinutes()));
    var roles = person.subject().roles();
    var subject = PeopleRoutes.id(people, request);
    return Response.of(
        passes.issue(mandate(person, members.reason()), roles, subject, life),
        issued -> {
          var shown = Shown.object();
          shown.set("subject", Shown.subject(issued.subject()));
          shown.put("temporary_pass", issued.pass().reveal());
          return Response.json(201, shown.put("expires_at", issued.expiresAt().toString()));
        });
  }
}

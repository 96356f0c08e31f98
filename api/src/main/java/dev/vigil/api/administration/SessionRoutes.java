// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.Sessions;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Session;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import java.util.List;

/// Sessions: `/sessions`.
final class SessionRoutes {

  private final Sessions sessions;
  private final People people;
  private final AdministrationRoutes.Callers callers;

  SessionRoutes(Sessions sessions, People people, AdministrationRoutes.Callers callers) {
    this.sessions = sessions;
    this.people = people;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/sessions", callers.readers(), answered((request, _) -> list(request))),
        Route.get(
            BASE + "/sessions/{session}",
            callers.readers(),
            answered((request, _) -> shown(sessions.show(id(request))))),
        Route.post(
            BASE + "/sessions/{session}/revoke",
            callers.helpers(),
            Body.json(),
            answered(this::revoke)));
  }

  private Response list(Request request) {
    var page = Page.of(request, "subject");
    String subject = request.query().getOrDefault("subject", "");
    var found =
        subject.isEmpty() ? sessions.list() : sessions.of(Stop.unless(people.find(subject)).id());
    return page.of(found, session -> session.id().value(), Shown::session);
  }

  private Response revoke(Request request, Doors.Person person) {
    return shown(
        sessions.revoke(mandate(person, Members.of(request, "reason").reason()), id(request)));
  }

  private static Response shown(Outcome<Session> outcome) {
    return Response.of(outcome, session -> Response.json(200, Shown.session(session)));
  }

  private static SessionId id(Request request) {
    try {
      return new SessionId(request.segment("session"));
    } catch (IllegalArgumentException e) {
      throw new Stop(AdministrationRefusal.NO_SUCH_SESSION, "");
    }
  }
}

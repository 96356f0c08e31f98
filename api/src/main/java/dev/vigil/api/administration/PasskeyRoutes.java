// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.People;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.signin.PasskeyJson;
import java.util.List;
import java.util.Map;

/// A person's passkeys, as administrators see them: `/subjects/{subject}/passkeys`.
final class PasskeyRoutes {

  private final Passkeys passkeys;
  private final People people;
  private final AdministrationRoutes.Callers callers;

  PasskeyRoutes(Passkeys passkeys, People people, AdministrationRoutes.Callers callers) {
    this.passkeys = passkeys;
    this.people = people;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/subjects/{subject}/passkeys",
            callers.readers(),
            answered((request, _) -> list(request))),
        Route.post(
            BASE + "/subjects/{subject}/passkeys/{passkey}/remove",
            callers.administrators(),
            Body.json(),
            answered(this::remove)));
  }

  private Response list(Request request) {
    var found = passkeys.of(PeopleRoutes.id(people, request));
    return Response.json(200, Map.of("items", found.stream().map(PasskeyJson::of).toList()));
  }

  private Response remove(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        passkeys.remove(mandate, PeopleRoutes.id(people, request), request.segment("passkey")),
        passkey -> Response.json(200, PasskeyJson.of(passkey)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.People;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.Map;

/// Groups of people: `/groups`. A group exists while somebody is in it.
final class GroupRoutes {

  private final People people;
  private final AdministrationRoutes.Callers callers;

  GroupRoutes(People people, AdministrationRoutes.Callers callers) {
    this.people = people;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/groups", callers.readers(), answered((request, _) -> list(request))),
        Route.post(
            BASE + "/groups/{group}/add",
            callers.administrators(),
            Body.json(),
            answered(this::add)),
        Route.post(
            BASE + "/groups/{group}/remove",
            callers.administrators(),
            Body.json(),
            answered(this::remove)));
  }

  private Response list(Request request) {
    return Page.of(request)
        .of(
            List.copyOf(people.groups().entrySet()),
            Map.Entry::getKey,
            group -> Shown.object().put("name", group.getKey()).put("members", group.getValue()));
  }

  private Response add(Request request, Doors.Person person) {
    var members = Members.of(request, "subject", "reason");
    return PeopleRoutes.changed(
        people.join(mandate(person, members.reason()), subject(members), group(request)));
  }

  private Response remove(Request request, Doors.Person person) {
    var members = Members.of(request, "subject", "reason");
    return PeopleRoutes.changed(
        people.leave(mandate(person, members.reason()), subject(members), group(request)));
  }

  private SubjectId subject(Members members) {
    String typed = members.required("subject", Outcome::done);
    return Stop.unless(people.find(typed)).id();
  }

  private static GroupName group(Request request) {
    return Stop.unless(GroupName.of(request.segment("group")));
  }
}

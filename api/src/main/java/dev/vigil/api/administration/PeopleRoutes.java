// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.NewPerson;
import dev.vigil.admission.administration.People;
import dev.vigil.admission.administration.UserName;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SubjectId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// People: `/subjects`.
final class PeopleRoutes {

  private static final Map<String, Population> POPULATIONS = new LinkedHashMap<>();
  private static final Map<String, Role> ROLES = new LinkedHashMap<>();

  static {
    Arrays.stream(Population.values())
        .forEach(population -> POPULATIONS.put(population.label(), population));
    Arrays.stream(Role.values()).forEach(role -> ROLES.put(role.label(), role));
  }

  private final People people;
  private final AdministrationRoutes.Callers callers;

  PeopleRoutes(People people, AdministrationRoutes.Callers callers) {
    this.people = people;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    var all = callers.administrators();
    return List.of(
        Route.get(
            BASE + "/me",
            callers.readers(),
            (_, person) -> Response.json(200, Shown.subject(person.subject()))),
        Route.get(BASE + "/subjects", callers.readers(), answered((request, _) -> list(request))),
        Route.post(BASE + "/subjects", all, Body.json(), answered(this::invite)),
        Route.get(
            BASE + "/subjects/{subject}",
            callers.readers(),
            answered((request, _) ->
                Response.of(
                    people.show(id(people, request)),
                    found -> Response.json(200, Shown.person(found))))),
        Route.post(
            BASE + "/subjects/{subject}/invitation", all, Body.json(), answered(this::reinvite)),
        Route.post(BASE + "/subjects/{subject}/disable", all, Body.json(), answered(this::disable)),
        Route.post(BASE + "/subjects/{subject}/enable", all, Body.json(), answered(this::enable)),
        Route.put(BASE + "/subjects/{subject}/name", all, Body.json(), answered(this::rename)),
        Route.put(BASE + "/subjects/{subject}/groups", all, Body.json(), answered(this::groups)),
        Route.put(BASE + "/subjects/{subject}/roles", all, Body.json(), answered(this::roles)));
  }

  /// The person of the path, by id or user name.
  static SubjectId id(People people, Request request) {
    return Stop.unless(people.find(request.segment("subject"))).id();
  }

  private Response list(Request request) {
    var page = Page.of(request, "group");
    String group = request.query().getOrDefault("group", "");
    var found =
        people.list().stream()
            .filter(subject -> group.isEmpty() || subject.groups().contains(group))
            .toList();
    return page.of(found, subject -> subject.id().value(), Shown::subject);
  }

  private Response invite(Request request, Doors.Person person) {
    var members =
        Members.of(request, "user_name", "display_name", "population", "groups", "roles", "reason");
    var invited =
        new NewPerson(
            members.required("user_name", UserName::of),
            members.required("display_name", DisplayName::of),
            members.choice("population", POPULATIONS, Population.EMPLOYEE),
            Set.copyOf(members.all("groups", GroupName::of)),
            Set.copyOf(members.choices("roles", ROLES)));
    return Response.of(
        people.invite(mandate(person, members.reason()), invited),
        done -> Response.json(201, Shown.invited(done)));
  }

  private Response reinvite(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        people.reinvite(mandate, id(people, request)),
        done -> Response.json(201, Shown.invited(done)));
  }

  private Response disable(Request request, Doors.Person person) {
    return changed(
        people.disable(
            mandate(person, Members.of(request, "reason").reason()), id(people, request)));
  }

  private Response enable(Request request, Doors.Person person) {
    return changed(
        people.enable(
            mandate(person, Members.of(request, "reason").reason()), id(people, request)));
  }

  private Response rename(Request request, Doors.Person person) {
    var members = Members.of(request, "display_name", "reason");
    var name = members.required("display_name", DisplayName::of);
    return changed(people.rename(mandate(person, members.reason()), id(people, request), name));
  }

  private Response groups(Request request, Doors.Person person) {
    var members = Members.of(request, "groups", "reason");
    var groups = Set.copyOf(members.all("groups", GroupName::of));
    return changed(
        people.setGroups(mandate(person, members.reason()), id(people, request), groups));
  }

  private Response roles(Request request, Doors.Person person) {
    var members = Members.of(request, "roles", "reason");
    var roles = Set.copyOf(members.choices("roles", ROLES));
    return changed(people.setRoles(mandate(person, members.reason()), id(people, request), roles));
  }

  static Response changed(Outcome<Subject> outcome) {
    return Response.of(outcome, subject -> Response.json(200, Shown.subject(subject)));
  }
}

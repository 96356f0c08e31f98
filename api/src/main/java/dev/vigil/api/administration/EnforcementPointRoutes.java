// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.EnforcementPoints;
import dev.vigil.admission.administration.UserName;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Machines that may ask for decisions: `/enforcement-points`.
final class EnforcementPointRoutes {

  private final EnforcementPoints points;
  private final AdministrationRoutes.Callers callers;

  EnforcementPointRoutes(EnforcementPoints points, AdministrationRoutes.Callers callers) {
    this.points = points;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/enforcement-points", callers.readers(), (_, _) -> all()),
        Route.put(
            BASE + "/enforcement-points/{machine}",
            callers.administrators(),
            Body.json(),
            answered(this::assign)));
  }

  private Response all() {
    var answer = Shown.object();
    var items = answer.putArray("items");
    points.all().forEach(point -> items.add(shown(point)));
    return Response.json(200, answer);
  }

  private Response assign(Request request, Doors.Person person) {
    var members = Members.of(request, "apps", "reason");
    var mandate = mandate(person, members.reason());
    var machine = Stop.unless(UserName.of(request.segment("machine")));
    var apps = Set.copyOf(members.all("apps", EnforcementPointRoutes::app));
    return Response.of(
        points.assign(mandate, machine, apps), point -> Response.json(200, shown(point)));
  }

  private static Outcome<AppId> app(String typed) {
    try {
      return Outcome.done(new AppId(typed));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(AdministrationRefusal.APP_NAME_FORM);
    }
  }

  private static ObjectNode shown(EnforcementPoints.Known point) {
    var node = Shown.object();
    node.put("machine", point.machine().userName()).put("subject", point.machine().id().value());
    var apps = node.putArray("apps");
    point.apps().stream().map(AppId::value).sorted().forEach(apps::add);
    return node;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.App;
import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.administration.AppDraft;
import dev.vigil.admission.administration.Apps;
import dev.vigil.admission.administration.GroupName;
import dev.vigil.admission.administration.HostName;
import dev.vigil.admission.administration.Sensitivity;
import dev.vigil.admission.administration.Upstream;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Protected apps: `/apps`.
final class AppRoutes {

  private static final Map<String, Sensitivity> SENSITIVITIES = new LinkedHashMap<>();

  static {
    Arrays.stream(Sensitivity.values()).forEach(one -> SENSITIVITIES.put(one.label(), one));
  }

  private final Apps apps;
  private final AdministrationRoutes.Callers callers;

  AppRoutes(Apps apps, AdministrationRoutes.Callers callers) {
    this.apps = apps;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(
            BASE + "/apps",
            callers.readers(),
            answered((request, _) ->
                Page.of(request).of(apps.list(), app -> app.id().value(), Shown::app))),
        Route.get(
            BASE + "/apps/{app}",
            callers.readers(),
            answered((request, _) -> shown(apps.show(id(request))))),
        Route.put(BASE + "/apps/{app}", callers.authors(), Body.json(), answered(this::put)),
        Route.post(
            BASE + "/apps/{app}/remove", callers.authors(), Body.json(), answered(this::remove)));
  }

  private Response put(Request request, Doors.Person person) {
    var members =
        Members.of(request, "host", "upstream", "sensitivity", "tags", "transactions", "reason");
    var transactions =
        members.objects("transactions", "method", "path", "shown").stream()
            .map(AppRoutes::transaction)
            .toList();
    var draft =
        new AppDraft(
            id(request),
            members.required("host", HostName::of),
            members.required("upstream", Upstream::of),
            members.choice("sensitivity", SENSITIVITIES, Sensitivity.NORMAL),
            Set.copyOf(members.all("tags", GroupName::of)),
            transactions);
    return shown(apps.put(mandate(person, members.reason()), draft));
  }

  private static App.Transaction transaction(Members members) {
    return new App.Transaction(
        members.required("method", Outcome::done),
        members.required("path", Outcome::done),
        members.texts("shown"));
  }

  private Response remove(Request request, Doors.Person person) {
    return shown(apps.remove(mandate(person, Members.of(request, "reason").reason()), id(request)));
  }

  private static Response shown(Outcome<App> outcome) {
    return Response.of(outcome, app -> Response.json(200, Shown.app(app)));
  }

  private static AppId id(Request request) {
    try {
      return new AppId(request.segment("app"));
    } catch (IllegalArgumentException e) {
      throw new Stop(AdministrationRefusal.APP_NAME_FORM, "");
    }
  }
}

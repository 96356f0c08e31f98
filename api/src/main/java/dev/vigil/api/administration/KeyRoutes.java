// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.administration.Keys;
import dev.vigil.admission.administration.SigningKeys;
import dev.vigil.admission.administration.SigningKeys.Former;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.posture.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The server's signing keys: `/keys`. Administrators only; no key itself is ever told.
public final class KeyRoutes {

  private final Caller<Doors.Person> administrators;
  private final Keys keys;

  public KeyRoutes(Doors doors, Keys keys) {
    this.administrators = doors.administrator();
    this.keys = keys;
  }

  /// For the listener of the administration API.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/keys", administrators, answered((_, _) -> list())),
        Route.post(
            BASE + "/keys/{key}/rotate", administrators, Body.json(), answered(this::rotate)));
  }

  private Response list() {
    return Response.json(200, Map.of("items", keys.list().stream().map(KeyRoutes::shown).toList()));
  }

  private Response rotate(Request request, Doors.Person person) {
    var members = Members.of(request, "reason", "distrust_old");
    var former = members.flag("distrust_old") ? Former.DISTRUSTED : Former.STILL_BELIEVED;
    return Response.of(
        keys.rotate(
            mandate(person, members.reason()), person.session(), request.segment("key"), former),
        key -> Response.json(200, shown(key)));
  }

  private static Map<String, Object> shown(SigningKeys.Key key) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("key", key.purpose());
    shown.put("place", label(key.place()));
    shown.put("since", key.since().toString());
    shown.put("not_after", key.notAfter().toString());
    key.issuesFor()
        .map(Device.Kind::name)
        .map(KeyRoutes::lower)
        .ifPresent(kind -> shown.put("issues_for", kind));
    shown.put(
        "retired",
        key.retired().stream()
            .map(one ->
                Map.of("at", one.at().toString(), "distrusted", one.former() == Former.DISTRUSTED))
            .toList());
    return shown;
  }

  private static String label(SigningKeys.Place place) {
    return switch (place) {
      case FILE -> "file";
      case TOKEN -> "token";
      case TOKEN_AWAY -> "token, away";
    };
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.passkey.PasskeyName;
import dev.vigil.admission.passkey.Passkeys;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import java.util.List;
import java.util.Map;

/// A person's own passkeys: `/me/passkeys`. A further one begins with [PersonRoutes].
public final class PasskeyRoutes {

  private static final String ONE = "/me/passkeys/{passkey}";

  private final Doors doors;
  private final Passkeys passkeys;

  public PasskeyRoutes(Doors doors, Passkeys passkeys) {
    this.doors = doors;
    this.passkeys = passkeys;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.get("/me/passkeys", doors.person(), (_, person) -> list(person)),
        Route.put(ONE + "/name", doors.person(), Body.json(), this::rename)
            .limited(Rate.perMinute(30)),
        Route.delete(ONE, doors.person(), this::remove).limited(Rate.perMinute(10)));
  }

  private Response list(Doors.Person person) {
    return Response.json(
        200,
        Map.of(
            "passkeys", passkeys.of(person.subject().id()).stream().map(PasskeyJson::of).toList()));
  }

  private record Name(String name) {}

  private Response rename(Request request, Doors.Person person) {
    return Response.of(
        PasskeyName.of(request.json(Name.class).name())
            .then(name -> passkeys.rename(person.actor(), request.segment("passkey"), name)),
        passkey -> Response.json(200, PasskeyJson.of(passkey)));
  }

  private Response remove(Request request, Doors.Person person) {
    return Response.of(
        passkeys.remove(person.actor(), request.segment("passkey")),
        passkey -> Response.json(200, PasskeyJson.of(passkey)));
  }
}

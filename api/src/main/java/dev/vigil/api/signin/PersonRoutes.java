// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.Invitations;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Role;
import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// What a signed-in person can ask about and for themselves.
public final class PersonRoutes {

  private final Doors doors;
  private final Invitations invitations;
  private final URI pages;

  /// @param pages origin of the pages in browsers
  public PersonRoutes(Doors doors, Invitations invitations, URI pages) {
    this.doors = doors;
    this.invitations = invitations;
    this.pages = pages;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.get("/me", doors.newcomer(), (_, person) -> Response.json(200, me(person))),
        Route.post("/me/passkeys", doors.person(), Body.none(), (_, person) -> another(person))
            .limited(Rate.perMinute(10)));
  }

  private static Map<String, Object> me(Doors.Person person) {
    var subject = person.subject();
    return Map.of(
        "subject", subject.id().value(),
        "user_name", subject.userName(),
        "display_name", subject.displayName(),
        "roles", subject.roles().stream().map(Role::label).sorted().toList(),
        "session", person.session().id().value(),
        "enrolled", person.session().device().isPresent(),
        "expires_at", person.session().expiresAt().toString());
  }

  private Response another(Doors.Person person) {
    return Response.of(
        invitations.another(person.actor()),
        invited ->
            Response.json(
                201,
                Map.of("link", link(pages, invited), "expires_in", invited.life().toSeconds())));
  }

  /// The address at which an invited person registers a passkey. The secret stands behind `#`, so
  /// that it is in no log.
  public static String link(URI pages, Invitations.Invited invited) {
    return pages + "/invite#" + Bytes.of(invited.secret().reveal());
  }
}

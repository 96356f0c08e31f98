// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.signin.Visits;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.RateLimit;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// The page for people who have no passkey at hand: with a temporary access pass they register one.
public final class RecoveryRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(20);
  private static final Rate PER_PERSON = Rate.perMinute(5);

  private final Doors doors;
  private final Visits visits;
  private final VisitCookie cookie;
  private final RateLimit perPerson;

  /// @param origin of the pages
  public RecoveryRoutes(Doors doors, Visits visits, URI origin, TimeSource time) {
    this.doors = doors;
    this.visits = visits;
    this.cookie = new VisitCookie(origin);
    this.perPerson = new RateLimit(PER_PERSON, time);
  }

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    return List.of(
        Route.get(
                "/recover",
                doors.everyone(),
                (_, _) -> Pages.page("Register a passkey again", "recover.js"))
            .limited(PER_SOURCE),
        Pages.script(doors, "recover.js"),
        Pages.script(doors, "register-passkey.js"),
        Route.get(
            "/assets/messages.json",
            doors.everyone(),
            (request, _) -> Messages.bundle(request.header("accept-language").orElse(""))),
        Route.post("/register/pass", doors.page(), Body.json(), (request, _) -> begin(request))
            .limited(PER_SOURCE));
  }

  private record Typed(String userName, String pass) {}

  /// Names that are nobody's are counted too, so that the answers do not tell who is somebody.
  private Response begin(Request request) {
    var typed = request.json(Typed.class);
    var wait = perPerson.use(PlainText.folded(typed.userName()));
    if (!wait.isZero()) return Response.tooOften(wait);
    return Response.of(
        visits.withPass(typed.userName(), typed.pass()),
        visit ->
            Response.json(200, Map.of("csrf", VisitCookie.csrfToken(visit)))
                .with("Set-Cookie", cookie.set(visit, Visits.LIFE)));
  }
}

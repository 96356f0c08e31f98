// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.device;

import dev.vigil.admission.feed.DeviceClaims;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Doors.EnrolledDevice;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import java.util.List;
import java.util.Map;

/// Where an enrolled phone says what a management product calls it.
public final class ClaimRoutes {

  private final Doors doors;
  private final DeviceClaims claims;

  public ClaimRoutes(Doors doors, DeviceClaims claims) {
    this.doors = doors;
    this.claims = claims;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.post("/device/management", doors.device(), Body.json(), this::claim)
            .limited(Rate.perMinute(60)));
  }

  private Response claim(Request request, EnrolledDevice caller) {
    var content = request.json();
    return Response.of(
        claims.claim(
            caller.device().id(),
            content.path("feed").asString(""),
            content.path("id").asString("")),
        claim -> Response.json(200, Map.of("feed", claim.feed(), "id", claim.management())));
  }
}

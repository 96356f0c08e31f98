// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.feed;

import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.Notices;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Map;

/// Where management products say that something changed, with a password in the header. Open to
/// everyone because the password is the proof; what has none is refused and noted.
public final class NoticeRoutes {

  private static final Rate PER_ADDRESS = Rate.perMinute(600);

  private final Doors doors;
  private final Notices notices;

  public NoticeRoutes(Doors doors, Notices notices) {
    this.doors = doors;
    this.notices = notices;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.post(
                "/feeds/{feed}/notices",
                doors.everyone(),
                Body.json(),
                (request, _) -> take(request))
            .limited(PER_ADDRESS));
  }

  private Response take(Request request) {
    var outcome =
        notices.take(request.segment("feed"), request.header("authorization"), request.body());
    if (outcome instanceof Outcome.Refused<FeedState.Counts> refused)
      doors.refused(request, refused.refusal());
    return Response.of(outcome, _ -> Response.json(200, Map.of("taken", true)));
  }
}

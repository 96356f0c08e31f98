// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.feed;

import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.webhook.Delivery;
import dev.vigil.admission.webhook.Webhooks;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Outcome;
import java.util.List;
import java.util.Map;

/// Where products send devices' signals, signed by Standard Webhooks. Open to everyone because the
/// signature is the proof; what has none is refused and noted, not more often than other refusals.
public final class WebhookRoutes {

  private static final int LARGEST = 256 * 1024;
  private static final Rate PER_ADDRESS = Rate.perMinute(300);

  private final Doors doors;
  private final Webhooks webhooks;

  public WebhookRoutes(Doors doors, Webhooks webhooks) {
    this.doors = doors;
    this.webhooks = webhooks;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    return List.of(
        Route.post(
                "/feeds/{source}",
                doors.everyone(),
                Body.json().atMost(LARGEST),
                (request, _) -> take(request))
            .limited(PER_ADDRESS));
  }

  private Response take(Request request) {
    var delivery =
        new Delivery(
            request.header("webhook-id"),
            request.header("webhook-timestamp"),
            request.header("webhook-signature"),
            request.body());
    var outcome = webhooks.take(request.segment("source"), delivery);
    if (outcome instanceof Outcome.Refused<FeedState.Counts> refused)
      doors.refused(request, refused.refusal());
    return Response.of(outcome, WebhookRoutes::taken);
  }

  private static Response taken(FeedState.Counts taken) {
    return Response.json(
        200,
        Map.of(
            "taken",
            taken.matched(),
            "unmatched",
            taken.unmatched(),
            "unreadable",
            taken.unreadable()));
  }
}

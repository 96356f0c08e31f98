// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.Changes;
import dev.vigil.admission.View;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import java.util.List;
import java.util.Map;

/// Security events: `/events`, in the order they were committed.
final class EventRoutes {

  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final Changes changes;
  private final AdministrationRoutes.Callers callers;

  EventRoutes(Changes changes, AdministrationRoutes.Callers callers) {
    this.changes = changes;
    this.callers = callers;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.get(BASE + "/events", callers.readers(), answered((request, _) -> list(request))));
  }

  private Response list(Request request) {
    var query = Page.known(request, "last");
    int limit = (int) Page.number(query, "limit", USUAL, 1, MOST);
    return changes.read(view -> {
      long after = start(view, query);
      var events = view.eventsAfter(after, limit);
      var answer = Shown.object();
      var items = answer.putArray("items");
      events.forEach(event -> items.add(Shown.event(event)));
      long next = events.isEmpty() ? after : events.getLast().sequence();
      return Response.json(200, answer.put("next", next).put("more", next < view.sequence()));
    });
  }

  /// `last=N` asks for the latest; otherwise `after` names the sequence to go on from.
  private static long start(View view, Map<String, String> query) {
    if (query.containsKey("last"))
      return Math.max(0, view.sequence() - Page.number(query, "last", 0, 0, MOST));
    return Page.number(query, "after", 0, 0, Long.MAX_VALUE);
  }
}

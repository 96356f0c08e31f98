// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.SessionCookie;
import dev.vigil.api.signin.DecisionPage;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Where browsers come with authorization requests, and where they go on after they signed in.
public final class AuthorizeRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(120);

  private final Doors doors;
  private final Flows flows;
  private final PageRoutes pages;
  private final SessionCookie cookie;

  /// @param pages which answer for the built-in clients and show the sign-in page
  /// @param origin of the pages
  public AuthorizeRoutes(Doors doors, Flows flows, PageRoutes pages, URI origin) {
    this.doors = doors;
    this.flows = flows;
    this.pages = pages;
    this.cookie = new SessionCookie(origin);
  }

  /// The use cases behind the routes.
  public record Flows(
      ClientAuthentication clients,
      Authorizations authorizations,
      BrowserSessions sessions,
      BrowserVisits visits) {}

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    return List.of(
        Route.get("/oauth/authorize", doors.everyone(), (request, _) -> authorize(request))
            .limited(PER_SOURCE),
        Route.get("/oauth/continue", doors.everyone(), (request, _) -> proceed(request))
            .limited(PER_SOURCE));
  }

  private Response authorize(Request request) {
    var query = request.query();
    var client = flows.clients().find(query.getOrDefault("client_id", ""));
    if (client.isEmpty()) return pages.authorize(request);
    return switch (flows.authorizations().begin(client.get(), query)) {
      case Authorizations.Begun.Under(String handle) -> proceed(request, handle);
      case Authorizations.Begun.Back(URI where) -> redirect(where);
      case Authorizations.Begun.Nowhere(Refusal refusal) -> DecisionPage.refused(refusal);
    };
  }

  private Response proceed(Request request) {
    var query = request.query();
    String handle = query.getOrDefault("request", "");
    if (query.containsKey("declined"))
      return switch (flows.authorizations().decline(handle)) {
        case Outcome.Done<URI>(URI where) -> redirect(where);
        case Outcome.Refused<URI>(Refusal refusal, String _) -> DecisionPage.refused(refusal);
      };
    return proceed(request, handle);
  }

  private Response proceed(Request request, String handle) {
    var live = cookie.read(request).flatMap(flows.sessions()::find);
    return switch (flows.authorizations().proceed(handle, live, request.source())) {
      case Outcome.Refused<Authorizations.Next>(Refusal refusal, String _) ->
          DecisionPage.refused(refusal);
      case Outcome.Done<Authorizations.Next>(Authorizations.Next next) ->
          switch (next) {
            case Authorizations.Next.Back(URI where) -> redirect(where);
            case Authorizations.Next.SignIn(BrowserVisits.Wanted wanted) ->
                pages.signIn(flows.visits().begin(wanted));
            case Authorizations.Next.Shown(AppDecisions.Answer answer, String name, URI back) ->
                DecisionPage.of(answer, name, back);
          };
    };
  }

  private static Response redirect(URI where) {
    return new Response.Redirect(where, Map.of());
  }
}

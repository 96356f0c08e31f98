// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.openid;

import dev.vigil.admission.openid.Authorizations;
import dev.vigil.admission.openid.ClientAuthentication;
import dev.vigil.admission.openid.SignOuts;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.InTheWay;
import dev.vigil.admission.signin.VisitDevices;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.SessionCookie;
import dev.vigil.api.signin.DecisionPage;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.api.signin.Pages;
import dev.vigil.identity.oauth.OpenIdRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
      BrowserVisits visits,
      VisitDevices devices,
      SignOuts signOuts) {}

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    return List.of(
        Route.get("/oauth/authorize", doors.everyone(), (request, _) -> authorize(request))
            .limited(PER_SOURCE),
        Route.get("/oauth/continue", doors.everyone(), (request, _) -> proceed(request))
            .limited(PER_SOURCE),
        Route.get("/oauth/logout", doors.everyone(), (request, _) -> signOut(request))
            .limited(PER_SOURCE),
        Route.post(
                "/signin/ticket",
                doors.visitor(),
                Body.json(),
                (request, visitor) -> ticket(request, visitor.visit()))
            .limited(PER_SOURCE));
  }

  /// For the listener that devices use.
  public List<Route<?>> devices() {
    return List.of(
        Route.post("/signin/device", doors.device(), Body.json(), this::bind).limited(PER_SOURCE));
  }

  private Response ticket(Request request, Secret visit) {
    return Response.of(
        flows.devices().ticket(visit, request.source()),
        ticket ->
            Response.json(
                201,
                Map.of(
                    "ticket",
                    Bytes.of(ticket.reveal()).toString(),
                    "expires_in",
                    VisitDevices.TICKET_LIFE.toSeconds())));
  }

  private record Shown(String ticket) {}

  private Response bind(Request request, Doors.EnrolledDevice caller) {
    return Response.of(
        secret(request.json(Shown.class).ticket())
            .then(ticket -> flows.devices().bind(caller.device(), ticket, request.source())),
        _ -> Response.noContent());
  }

  private static Outcome<Secret> secret(String base64url) {
    try {
      return Outcome.done(Secret.of(Bytes.parse(base64url).toArray()));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(OpenIdRefusal.REQUEST);
    }
  }

  private Response signOut(Request request) {
    var query = request.query();
    var signedOut =
        flows
            .signOuts()
            .signOut(
                query.getOrDefault("id_token_hint", ""),
                cookie.read(request).flatMap(flows.sessions()::find),
                Optional.ofNullable(query.get("post_logout_redirect_uri")),
                Optional.ofNullable(query.get("state")));
    return switch (signedOut) {
      case Outcome.Refused<SignOuts.SignedOut>(Refusal refusal, String _) -> Pages.refused(refusal);
      case Outcome.Done<SignOuts.SignedOut>(SignOuts.SignedOut done) ->
          redirect(done.back().orElse(URI.create("/"))).with("Set-Cookie", cookie.clear());
    };
  }

  private Response authorize(Request request) {
    var query = request.query();
    var client = flows.clients().find(query.getOrDefault("client_id", ""));
    if (client.isEmpty()) return pages.authorize(request);
    return switch (flows.authorizations().begin(client.get(), query)) {
      case Authorizations.Begun.Under(String handle) -> proceed(request, handle);
      case Authorizations.Begun.Back(URI where) -> redirect(where);
      case Authorizations.Begun.Nowhere(Refusal refusal) -> Pages.refused(refusal);
    };
  }

  private Response proceed(Request request) {
    var query = request.query();
    String handle = query.getOrDefault("request", "");
    if (query.containsKey("declined"))
      return switch (flows.authorizations().decline(handle)) {
        case Outcome.Done<URI>(URI where) -> redirect(where);
        case Outcome.Refused<URI>(Refusal refusal, String _) -> Pages.refused(refusal);
      };
    if (query.containsKey("again")) return next(request, flows.authorizations().again(handle));
    return proceed(request, handle);
  }

  private Response proceed(Request request, String handle) {
    var live = cookie.read(request).flatMap(flows.sessions()::find);
    return next(request, flows.authorizations().proceed(handle, live, request.source()));
  }

  private Response next(Request request, Outcome<Authorizations.Next> outcome) {
    return switch (outcome) {
      case Outcome.Refused<Authorizations.Next>(Refusal refusal, String _) ->
          Pages.refused(refusal);
      case Outcome.Done<Authorizations.Next>(Authorizations.Next next) ->
          switch (next) {
            case Authorizations.Next.Back(URI where) -> redirect(where);
            case Authorizations.Next.SignIn(BrowserVisits.Wanted wanted) ->
                pages.signIn(flows.visits().begin(wanted));
            case Authorizations.Next.Shown(InTheWay what) -> DecisionPage.of(request, what);
          };
    };
  }

  private static Response redirect(URI where) {
    return new Response.Redirect(where, Map.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.saml;

import dev.vigil.admission.saml.SingleLogout;
import dev.vigil.admission.saml.SingleSignOn;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.InTheWay;
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
import dev.vigil.identity.saml.IdpMetadata;
import dev.vigil.identity.saml.Incoming;
import dev.vigil.identity.saml.Incoming.Parameter;
import dev.vigil.identity.saml.Outgoing;
import dev.vigil.identity.saml.SamlSigner;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Where browsers come with SAML messages, and where they go on after they signed in.
public final class SamlRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(120);
  private static final Body MESSAGE = Body.form().atMost(128 * 1024);

  private final Doors doors;
  private final Flows flows;
  private final PageRoutes pages;
  private final Published published;
  private final SessionCookie cookie;
  private final PostPage post;

  /// @param pages which show the sign-in page
  public SamlRoutes(
      Doors doors, Flows flows, PageRoutes pages, Published published, Entropy entropy) {
    this.doors = doors;
    this.flows = flows;
    this.pages = pages;
    this.published = published;
    this.cookie = new SessionCookie(published.origin());
    this.post = new PostPage(entropy);
  }

  /// The use cases behind the routes.
  public record Flows(
      SingleSignOn signOn, SingleLogout logout, BrowserSessions sessions, BrowserVisits visits) {}

  /// What providers are told of us.
  ///
  /// @param origin of the pages
  public record Published(URI origin, SamlSigner signer) {

    /// Our entity ID, which is where our metadata are.
    public String entityId() {
      return origin + "/saml/metadata";
    }

    /// Where requests to sign in come.
    public URI signOn() {
      return URI.create(origin + "/saml/sso");
    }

    /// Where logout messages come.
    public URI logout() {
      return URI.create(origin + "/saml/slo");
    }
  }

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    var everyone = doors.everyone();
    return List.of(
        Route.get("/saml/metadata", everyone, (_, _) -> metadata()).limited(PER_SOURCE),
        Route.get(
                "/saml/sso",
                everyone,
                (request, _) ->
                    begun(
                        flows
                            .signOn()
                            .begin(Incoming.redirected(request.rawQuery(), Parameter.REQUEST))))
            .limited(PER_SOURCE),
        Route.post(
                "/saml/sso",
                everyone,
                MESSAGE,
                (request, _) ->
                    begun(flows.signOn().begin(Incoming.posted(request.form(), Parameter.REQUEST))))
            .limited(PER_SOURCE),
        Route.get(
                "/saml/start/{provider}",
                everyone,
                (request, _) -> begun(flows.signOn().unsolicited(request.segment("provider"))))
            .limited(PER_SOURCE),
        Route.get("/saml/continue", everyone, (request, _) -> proceed(request)).limited(PER_SOURCE),
        Route.get("/saml/slo", everyone, (request, _) -> redirectedOut(request.rawQuery()))
            .limited(PER_SOURCE),
        Route.post("/saml/slo", everyone, MESSAGE, (request, _) -> postedOut(request.form()))
            .limited(PER_SOURCE),
        Route.post("/saml/logout", doors.browser(), Body.json(), (_, browser) -> signOut(browser))
            .limited(PER_SOURCE),
        Route.get(
                "/saml/logout/continue",
                everyone,
                (request, _) ->
                    out(flows.logout().proceed(request.query().getOrDefault("request", ""))))
            .limited(PER_SOURCE));
  }

  private Response metadata() {
    var idp = new IdpMetadata(published.entityId(), published.signOn(), published.logout());
    return new Response.Content(
        200,
        "application/samlmetadata+xml",
        Bytes.of(idp.written(published.signer().certificates()).getBytes(StandardCharsets.UTF_8)),
        Map.of());
  }

  /// On by a request of our own: a posted message comes without the session's cookie.
  private Response begun(Outcome<String> handle) {
    return switch (handle) {
      case Outcome.Done<String>(String one) ->
          redirect(URI.create(published.origin() + "/saml/continue?request=" + one));
      case Outcome.Refused<String>(Refusal refusal, String _) -> Pages.refused(refusal);
    };
  }

  private Response proceed(Request request) {
    var query = request.query();
    String handle = query.getOrDefault("request", "");
    if (query.containsKey("declined")) return next(request, flows.signOn().decline(handle));
    if (query.containsKey("again")) return next(request, flows.signOn().again(handle));
    var live = cookie.read(request).flatMap(flows.sessions()::find);
    return next(request, flows.signOn().proceed(handle, live, request.source()));
  }

  private Response next(Request request, Outcome<SingleSignOn.Next> outcome) {
    return switch (outcome) {
      case Outcome.Refused<SingleSignOn.Next>(Refusal refusal, String _) -> Pages.refused(refusal);
      case Outcome.Done<SingleSignOn.Next>(SingleSignOn.Next next) ->
          switch (next) {
            case SingleSignOn.Next.Post(Outgoing.Form form) -> post.of(form);
            case SingleSignOn.Next.SignIn(BrowserVisits.Wanted wanted) ->
                pages.signIn(flows.visits().begin(wanted));
            case SingleSignOn.Next.Shown(InTheWay what) -> DecisionPage.of(request, what);
          };
    };
  }

  private Response redirectedOut(String rawQuery) {
    return rawQuery.startsWith("SAMLResponse=") || rawQuery.contains("&SAMLResponse=")
        ? out(flows.logout().answered(Incoming.redirected(rawQuery, Parameter.RESPONSE)))
        : out(flows.logout().requested(Incoming.redirected(rawQuery, Parameter.REQUEST)));
  }

  private Response postedOut(Map<String, String> form) {
    return form.containsKey(Parameter.RESPONSE.label())
        ? out(flows.logout().answered(Incoming.posted(form, Parameter.RESPONSE)))
        : out(flows.logout().requested(Incoming.posted(form, Parameter.REQUEST)));
  }

  /// For our own page, which then goes to `next`, if there is one.
  private Response signOut(Doors.InBrowser browser) {
    Map<String, String> next =
        flows
            .logout()
            .begin(browser.live())
            .map(handle -> Map.of("next", "/saml/logout/continue?request=" + handle))
            .orElse(Map.of());
    return Response.json(200, next).with("Set-Cookie", cookie.clear());
  }

  private Response out(Outcome<SingleLogout.Next> outcome) {
    return switch (outcome) {
      case Outcome.Refused<SingleLogout.Next>(Refusal refusal, String _) -> Pages.refused(refusal);
      case Outcome.Done<SingleLogout.Next>(SingleLogout.Next next) ->
          switch (next) {
            case SingleLogout.Next.Sent(Outgoing.Redirect(URI to)) -> redirect(to);
            case SingleLogout.Next.Sent(Outgoing.Form form) -> post.of(form);
            case SingleLogout.Next.Over(var result) -> over(result);
          };
    };
  }

  private static Response over(dev.vigil.identity.saml.Logouts.Result result) {
    String says =
        switch (result) {
          case DONE -> "You are signed out here and at the apps you used.";
          case PARTIAL ->
              "You are signed out here. Some apps could not be told: close the browser, or sign out"
                  + " there too.";
        };
    return new Response.Content(
        200,
        "text/plain; charset=utf-8",
        Bytes.of(says.getBytes(StandardCharsets.UTF_8)),
        Map.of());
  }

  private static Response redirect(URI where) {
    return new Response.Redirect(where, Map.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.administration.DisplayName;
import dev.vigil.admission.administration.UserName;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.Registration;
import dev.vigil.admission.signin.SignIn;
import dev.vigil.admission.signin.Visits;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.RateLimit;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.SessionCookie;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.identity.federation.Provider;
import dev.vigil.identity.oauth.OAuthRefusal;
import dev.vigil.identity.passkey.PasskeyRefusal;
import dev.vigil.identity.passkey.RelyingParty;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import dev.vigil.kernel.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The pages in browsers and the JSON they talk: signing in for an app, approving a transaction,
/// registering a passkey.
public final class PageRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(120);
  private static final Rate PER_PERSON = Rate.perMinute(10);

  private final Doors doors;
  private final Flows flows;
  private final RelyingParty party;
  private final VisitCookie cookie;
  private final SessionCookie session;
  private final RateLimit perPerson;
  private final List<Provider> providers;

  public PageRoutes(Doors doors, Flows flows, RelyingParty party, TimeSource time) {
    this(doors, flows, party, time, List.of());
  }

  /// @param providers other providers that the pages offer
  public PageRoutes(
      Doors doors, Flows flows, RelyingParty party, TimeSource time, List<Provider> providers) {
    this.providers = List.copyOf(providers);
    this.doors = doors;
    this.flows = flows;
    this.party = party;
    this.cookie = new VisitCookie(party.origin());
    this.session = new SessionCookie(party.origin());
    this.perPerson = new RateLimit(PER_PERSON, time);
  }

  /// The use cases behind the pages.
  public record Flows(
      Visits visits, SignIn signIn, BrowserVisits browsers, Registration registration) {}

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    var json = Body.json();
    return List.of(
        Route.get("/", doors.everyone(), (_, _) -> Pages.page("This is Vigil", "home.js"))
            .limited(PER_SOURCE),
        Route.get(
                "/invite",
                doors.everyone(),
                (_, _) -> Pages.page("Register a passkey", "register.js"))
            .limited(PER_SOURCE),
        Route.get(
                "/administrator",
                doors.everyone(),
                (_, _) -> Pages.page("First administrator", "register.js"))
            .limited(PER_SOURCE),
        Pages.asset(doors, "vigil.css", "text/css; charset=utf-8"),
        Pages.script(doors, "page.js"),
        Pages.script(doors, "sign-in.js"),
        Pages.script(doors, "register.js"),
        Pages.script(doors, "home.js"),
        Route.get("/signin/visit", doors.visitor(), (_, visitor) -> visit(visitor.visit()))
            .limited(PER_SOURCE),
        Route.post(
                "/signin/options", doors.visitor(), json, (_, visitor) -> options(visitor.visit()))
            .limited(PER_SOURCE),
        Route.post(
                "/signin/answer",
                doors.visitor(),
                json,
                (request, visitor) -> answer(request, visitor.visit()))
            .limited(PER_SOURCE),
        Route.post(
                "/signin/decline", doors.visitor(), json, (_, visitor) -> decline(visitor.visit()))
            .limited(PER_SOURCE),
        Route.post(
                "/register/invitation",
                doors.page(),
                json,
                (request, _) -> begin(request, flows.visits()::invited))
            .limited(PER_SOURCE),
        Route.post(
                "/register/administrator",
                doors.page(),
                json,
                (request, _) -> begin(request, flows.visits()::administrator))
            .limited(PER_SOURCE),
        Route.post(
                "/register/options",
                doors.visitor(),
                json,
                (request, visitor) -> creation(request, visitor.visit()))
            .limited(PER_SOURCE),
        Route.post(
                "/register/answer",
                doors.visitor(),
                json,
                (request, visitor) -> register(request, visitor.visit()))
            .limited(PER_SOURCE));
  }

  /// The sign-in page for a built-in client that pushed its request.
  public Response authorize(Request request) {
    var query = request.query();
    var uri = Optional.ofNullable(query.get("request_uri"));
    if (uri.isEmpty()) {
      doors.refused(request, OAuthRefusal.NOT_PUSHED);
      return Pages.refused(OAuthRefusal.NOT_PUSHED);
    }
    return switch (flows
        .visits()
        .begin(query.getOrDefault("client_id", ""), uri.get(), cookie.read(request))) {
      case Outcome.Done<Secret>(Secret visit) ->
          Pages.page("Sign in", "sign-in.js").with("Set-Cookie", cookie.set(visit, Visits.LIFE));
      case Outcome.Refused<Secret>(Refusal refusal, String _) -> Pages.refused(refusal);
    };
  }

  private Response visit(Secret visit) {
    return Response.of(
        flows.visits().look(visit),
        shown ->
            Response.json(200, PageJson.shown(shown, VisitCookie.csrfToken(visit), providers)));
  }

  /// The sign-in page for a visit of the browser itself.
  public Response signIn(Secret visit) {
    return Pages.page("Sign in", "sign-in.js").with("Set-Cookie", cookie.set(visit, Visits.LIFE));
  }

  private record Ticket(String secret) {}

  private Response begin(Request request, Function<Secret, Outcome<Secret>> start) {
    return Response.of(
        secret(request.json(Ticket.class).secret()).then(start),
        visit -> visit(visit).with("Set-Cookie", cookie.set(visit, Visits.LIFE)));
  }

  private Response options(Secret visit) {
    return Response.of(
        flows.signIn().challenge(visit),
        challenge -> Response.json(200, PageJson.request(party, challenge)));
  }

  /// @param credential `PublicKeyCredential.toJSON()`
  private record Answer(String challenge, ObjectNode credential) {}

  private Response answer(Request request, Secret visit) {
    var answer = request.json(Answer.class);
    var wait =
        Optional.ofNullable(answer.credential().get("id"))
            .filter(JsonNode::isString)
            .flatMap(id -> flows.signIn().owner(id.stringValue()))
            .map(perPerson::use)
            .orElse(Duration.ZERO);
    if (!wait.isZero()) return Response.tooOften(wait);
    String credential = StrictJson.write(answer.credential());
    if (flows.browsers().is(visit))
      return arrive(
          secret(answer.challenge())
              .then(challenge ->
                  flows.browsers().finish(visit, challenge, credential, session.read(request))));
    return leave(
        secret(answer.challenge())
            .then(challenge -> flows.signIn().finish(visit, challenge, credential)));
  }

  /// The visit's cookie stays until it expires: its visit is over.
  private Response arrive(Outcome<BrowserVisits.Arrived> arrived) {
    return Response.of(
        arrived,
        done ->
            Response.json(200, Map.of("redirect", done.next().toString()))
                .with("Set-Cookie", session.set(done.cookie(), BrowserSessions.LIFE)));
  }

  private Response decline(Secret visit) {
    return leave(
        flows.browsers().is(visit)
            ? flows.browsers().decline(visit)
            : flows.signIn().decline(visit));
  }

  private Response leave(Outcome<URI> where) {
    return Response.of(
        where,
        uri ->
            Response.json(200, Map.of("redirect", uri.toString()))
                .with("Set-Cookie", cookie.clear()));
  }

  private Response creation(Request request, Secret visit) {
    var body = request.json();
    return Response.of(
        named(body, visit), asked -> Response.json(200, PageJson.creation(party, asked)));
  }

  private Outcome<Registration.Asked> named(ObjectNode body, Secret visit) {
    if (!body.has("user_name")) return flows.registration().challenge(visit);
    return UserName.of(body.path("user_name").asString(""))
        .then(userName ->
            DisplayName.of(body.path("display_name").asString(""))
                .then(name -> flows.registration().challenge(visit, userName, name)));
  }

  private Response register(Request request, Secret visit) {
    var answer = request.json(Answer.class);
    return Response.of(
        secret(answer.challenge())
            .then(challenge ->
                flows
                    .registration()
                    .finish(visit, challenge, StrictJson.write(answer.credential()))),
        done ->
            Response.json(
                    200, Map.of("subject", done.subject().value(), "user_name", done.userName()))
                .with("Set-Cookie", cookie.clear()));
  }

  private static Outcome<Secret> secret(String base64url) {
    try {
      return Outcome.done(Secret.of(Bytes.parse(base64url).toArray()));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(PasskeyRefusal.MALFORMED);
    }
  }
}

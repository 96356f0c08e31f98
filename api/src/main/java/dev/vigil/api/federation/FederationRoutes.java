// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.federation;

import dev.vigil.admission.federation.BackChannelLogout;
import dev.vigil.admission.federation.FederatedSignIn;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.SessionCookie;
import dev.vigil.api.http.VisitCookie;
import dev.vigil.api.signin.Pages;
import dev.vigil.identity.federation.AuthorizationCall;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Sign-in through other providers. The provider sends the browser back across sites, so the
/// visit's `SameSite=Strict` cookie does not come with that request. Therefore the callback is a
/// page that does nothing on the server: its script, on our own site again, posts what came back,
/// with the cookie, the `Origin` and the CSRF token like every other state change. No weaker cookie
/// is needed.
public final class FederationRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(60);
  private static final Rate PER_PROVIDER = Rate.perMinute(600);
  private static final int LONGEST = 4096;
  private static final int LOGOUT_BYTES = 64 * 1024;

  private final Doors doors;
  private final FederatedSignIn signIn;
  private final BackChannelLogout logout;
  private final Supplier<String> keys;
  private final VisitCookie cookie;
  private final SessionCookie session;

  /// @param keys our client keys as a JWK Set in JSON
  /// @param origin of the pages
  public FederationRoutes(
      Doors doors,
      FederatedSignIn signIn,
      BackChannelLogout logout,
      Supplier<String> keys,
      URI origin) {
    this.doors = doors;
    this.signIn = signIn;
    this.logout = logout;
    this.keys = keys;
    this.cookie = new VisitCookie(origin);
    this.session = new SessionCookie(origin);
  }

  /// For the listener of the pages.
  public List<Route<?>> pages() {
    return List.of(
        Route.get(
                "/federation/start/{provider}",
                doors.visitor(),
                (request, visitor) -> start(request.segment("provider"), visitor.visit()))
            .limited(PER_SOURCE),
        Route.get(
                "/federation/callback/{provider}",
                doors.everyone(),
                (_, _) -> Pages.page("Signing in", "federation.js"))
            .limited(PER_SOURCE),
        Pages.script(doors, "federation.js"),
        Route.post(
                "/federation/finish",
                doors.visitor(),
                Body.json(),
                (request, visitor) ->
                    finish(
                        request.json(Came.class),
                        new FederatedSignIn.Browser(visitor.visit(), session.read(request))))
            .limited(PER_SOURCE));
  }

  /// For the listener of the issuer.
  public List<Route<?>> issuer() {
    return List.of(
        Route.get("/federation/jwks", doors.everyone(), (_, _) -> jwks()),
        Route.post(
                "/federation/backchannel-logout/{provider}",
                doors.everyone(),
                Body.form().atMost(LOGOUT_BYTES),
                (request, _) -> loggedOut(request))
            .limited(PER_PROVIDER));
  }

  private Response start(String provider, Secret visit) {
    return switch (signIn.begin(visit, provider)) {
      case Outcome.Done<URI>(URI to) -> new Response.Redirect(to, Map.of());
      case Outcome.Refused<URI>(Refusal refusal, String _) -> Pages.refused(refusal);
    };
  }

  /// What the callback's address carried.
  private record Came(
      String provider,
      String state,
      Optional<String> code,
      Optional<String> error,
      Optional<String> iss) {

    AuthorizationCall.Answer answer() {
      return new AuthorizationCall.Answer(code, error, iss);
    }

    boolean tooLong() {
      return Stream.of(code.orElse(""), error.orElse(""), iss.orElse(""), state)
          .anyMatch(text -> text.length() > LONGEST);
    }
  }

  private Response finish(Came came, FederatedSignIn.Browser browser) {
    if (came.tooLong()) return Response.problem(FederationRefusal.STATE, "");
    return Response.of(
        secret(came.state())
            .then(state -> signIn.finish(browser, came.provider(), state, came.answer())),
        this::finished);
  }

  private Response finished(FederatedSignIn.Finished finished) {
    var body = new LinkedHashMap<String, Object>();
    var entered = Optional.<Secret>empty();
    switch (finished) {
      case FederatedSignIn.Finished.ForApp(URI redirect) ->
          body.put("redirect", redirect.toString());
      case FederatedSignIn.Finished.ForBrowser(URI redirect, Secret secret) -> {
        body.put("redirect", redirect.toString());
        entered = Optional.of(secret);
      }
      case FederatedSignIn.Finished.Linked linked -> {
        body.put("subject", linked.subject().value());
        body.put("linked", linked.userName());
      }
    }
    var answer = Response.json(200, body);
    return entered
        .map(secret -> answer.with("Set-Cookie", session.set(secret, BrowserSessions.LIFE)))
        .orElseGet(() -> answer.with("Set-Cookie", cookie.clear()));
  }

  private static Outcome<Secret> secret(String base64url) {
    try {
      return Outcome.done(Secret.of(Bytes.parse(base64url).toArray()));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(FederationRefusal.STATE);
    }
  }

  private Response jwks() {
    return new Response.Content(
        200,
        "application/jwk-set+json",
        Bytes.of(keys.get().getBytes(StandardCharsets.UTF_8)),
        Map.of("Cache-Control", "public, max-age=300"));
  }

  /// Answers as OpenID Back-Channel Logout section 2.8 says: 200, or 400.
  private Response loggedOut(Request request) {
    String token = request.form().getOrDefault("logout_token", "");
    return switch (logout.logout(request.segment("provider"), token)) {
      case Outcome.Done<BackChannelLogout.Ended> _ ->
          Response.json(200, Map.of()).with("Cache-Control", "no-store");
      case Outcome.Refused<BackChannelLogout.Ended>(Refusal refusal, String _) ->
          Response.json(
              400, Map.of("error", "invalid_request", "error_description", refusal.says()));
    };
  }
}

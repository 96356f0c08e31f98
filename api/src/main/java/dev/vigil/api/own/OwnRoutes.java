// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.own;

import dev.vigil.admission.administration.AdministrationRefusal;
import dev.vigil.admission.passkey.PasskeyName;
import dev.vigil.admission.signin.AppOutlook;
import dev.vigil.admission.signin.BrowserSessions;
import dev.vigil.admission.signin.BrowserVisits;
import dev.vigil.admission.signin.OwnAccount;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.api.http.SessionCookie;
import dev.vigil.api.signin.PageRoutes;
import dev.vigil.api.signin.Pages;
import dev.vigil.api.signin.PasskeyJson;
import dev.vigil.api.signin.PersonRoutes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import dev.vigil.kernel.SessionId;
import dev.vigil.posture.Device;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A person's own account in a browser.
public final class OwnRoutes {

  private static final Rate PER_SOURCE = Rate.perMinute(120);
  private static final Rate CHANGES = Rate.perMinute(30);
  private static final String PASSKEY = "/my/passkeys/{passkey}";

  private final Doors doors;
  private final Flows flows;
  private final PageRoutes pages;
  private final URI origin;
  private final SessionCookie cookie;

  /// @param pages where people sign in
  /// @param origin of the pages
  public OwnRoutes(Doors doors, Flows flows, PageRoutes pages, URI origin) {
    this.doors = doors;
    this.flows = flows;
    this.pages = pages;
    this.origin = origin;
    this.cookie = new SessionCookie(origin);
  }

  /// The use cases behind the routes.
  public record Flows(
      OwnAccount account, BrowserSessions sessions, BrowserVisits visits, AppOutlook apps) {}

  /// For the listener of the pages.
  public List<Route<?>> routes() {
    var me = doors.browser();
    return List.of(
        Route.get("/my", doors.everyone(), (request, _) -> open(request)).limited(PER_SOURCE),
        Route.get("/my/sign-in", doors.everyone(), (_, _) -> signIn()).limited(PER_SOURCE),
        Pages.script(doors, "my.js"),
        Pages.script(doors, "known.js"),
        Route.get("/my/account", me, (_, person) -> account(person)).limited(PER_SOURCE),
        Route.get("/my/apps", me, (_, person) -> apps(person)).limited(CHANGES),
        Route.get("/my/devices/{device}/known", me, this::known).limited(CHANGES),
        Route.post("/my/sign-out", me, Body.json(), (_, person) -> signOut(person)),
        Route.post("/my/sign-out-everywhere", me, Body.json(), (_, person) -> everywhere(person)),
        Route.post("/my/sessions/{session}/end", me, Body.json(), this::end).limited(CHANGES),
        Route.post("/my/devices/{device}/revoke", me, Body.json(), this::revoke).limited(CHANGES),
        Route.post("/my/passkeys", me, Body.json(), (_, person) -> another(person))
            .limited(Rate.perMinute(10)),
        Route.post(PASSKEY + "/name", me, Body.json(), this::rename).limited(CHANGES),
        Route.post(PASSKEY + "/remove", me, Body.json(), this::remove).limited(CHANGES));
  }

  private Response open(Request request) {
    return cookie.read(request).flatMap(flows.sessions()::find).isPresent()
        ? Pages.page("Your account", "my.js")
        : signIn();
  }

  private Response signIn() {
    return pages.signIn(
        flows.visits().begin(new BrowserVisits.Wanted("/my", "Vigil", Optional.empty())));
  }

  private Response account(Doors.InBrowser person) {
    var live = person.live();
    return Response.json(200, OwnJson.account(live, flows.account().show(live), person.csrf()));
  }

  private record OnDevice(Optional<DeviceId> id, String name) {}

  /// For each device of the person's; for the browser alone if there is none.
  private Response apps(Doors.InBrowser person) {
    var live = person.live();
    var devices =
        flows.account().show(live).devices().stream()
            .filter(Device::active)
            .limit(5)
            .map(device -> new OnDevice(Optional.of(device.id()), device.name()))
            .toList();
    var places = devices.isEmpty() ? List.of(new OnDevice(Optional.empty(), "")) : devices;
    return Response.json(
        200,
        Map.of(
            "places",
            places.stream()
                .map(place ->
                    Map.of(
                        "device",
                        place.name(),
                        "apps",
                        flows.apps().of(live, place.id()).stream().map(OwnJson::outlook).toList()))
                .toList()));
  }

  private Response known(Request request, Doors.InBrowser person) {
    return named(
        request.segment("device"),
        DeviceId::new,
        AdministrationRefusal.NO_SUCH_DEVICE,
        id -> flows.account().known(person.live(), id),
        known -> Response.json(200, KnownJson.of(known, flows.apps().factsLookedAt())));
  }

  private Response signOut(Doors.InBrowser person) {
    flows.sessions().end(person.cookie(), "signed out");
    return left();
  }

  private Response everywhere(Doors.InBrowser person) {
    return Response.of(flows.account().everywhere(person.live()), _ -> left());
  }

  private Response left() {
    return Response.json(200, Map.of("ended", true)).with("Set-Cookie", cookie.clear());
  }

  private Response end(Request request, Doors.InBrowser person) {
    return named(
        request.segment("session"),
        SessionId::new,
        AdministrationRefusal.NO_SUCH_SESSION,
        id -> flows.account().end(person.live(), id),
        id -> Response.json(200, Map.of("ended", id.value())));
  }

  private Response revoke(Request request, Doors.InBrowser person) {
    return named(
        request.segment("device"),
        DeviceId::new,
        AdministrationRefusal.NO_SUCH_DEVICE,
        id -> flows.account().revoke(person.live(), id),
        device -> Response.json(200, Map.of("revoked", device.id().value())));
  }

  private static <I, T> Response named(
      String segment,
      Function<String, I> read,
      Refusal none,
      Function<I, Outcome<T>> change,
      Function<T, Response> done) {
    I id;
    try {
      id = read.apply(segment);
    } catch (IllegalArgumentException e) {
      return Response.problem(none, "");
    }
    return Response.of(change.apply(id), done);
  }

  private Response another(Doors.InBrowser person) {
    return Response.of(
        flows.account().another(person.live()),
        invited ->
            Response.json(
                201,
                Map.of(
                    "link",
                    PersonRoutes.link(origin, invited),
                    "expires_in",
                    invited.life().toSeconds())));
  }

  private record Name(String name) {}

  private Response rename(Request request, Doors.InBrowser person) {
    return Response.of(
        PasskeyName.of(request.json(Name.class).name())
            .then(name -> flows.account().rename(person.live(), request.segment("passkey"), name)),
        passkey -> Response.json(200, PasskeyJson.of(passkey)));
  }

  private Response remove(Request request, Doors.InBrowser person) {
    return Response.of(
        flows.account().remove(person.live(), request.segment("passkey")),
        passkey -> Response.json(200, PasskeyJson.of(passkey)));
  }
}

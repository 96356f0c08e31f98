// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import static dev.vigil.api.administration.AdministrationRoutes.BASE;
import static dev.vigil.api.administration.AdministrationRoutes.mandate;
import static dev.vigil.api.administration.Stop.answered;

import dev.vigil.admission.feed.CsvDevices;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedRefusal;
import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.Feeds;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.Role;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Products that say something of devices: `/feeds`. Everyone who administers may look; links and
/// lists decide whom a product's word is about, so only administrators make them.
public final class FeedRoutes {

  private static final int LARGEST = 8 * 1024 * 1024;

  private final Doors doors;
  private final Feeds feeds;

  public FeedRoutes(Doors doors, Feeds feeds) {
    this.doors = doors;
    this.feeds = feeds;
  }

  /// For the listener of the issuer.
  public List<Route<?>> routes() {
    var readers = doors.administrator(Role.POLICY_AUTHOR, Role.HELP_DESK, Role.AUDITOR);
    var administrators = doors.administrator();
    return List.of(
        Route.get(BASE + "/feeds", readers, (_, _) -> all()),
        Route.get(BASE + "/feeds/{feed}/links", readers, answered((request, _) -> links(request))),
        Route.post(
            BASE + "/feeds/{feed}/sync",
            doors.administrator(Role.HELP_DESK),
            Body.json(),
            answered(this::sync)),
        Route.post(BASE + "/feeds/{feed}/links", administrators, Body.json(), answered(this::link)),
        Route.post(
            BASE + "/feeds/{feed}/unlink", administrators, Body.json(), answered(this::unlink)),
        Route.post(
            BASE + "/feeds/{feed}/import",
            administrators,
            Body.json().atMost(LARGEST),
            answered(this::imported)));
  }

  private Response all() {
    var answer = Shown.object();
    var items = answer.putArray("items");
    feeds.list().forEach(known -> items.add(shown(known)));
    return Response.json(200, answer);
  }

  private Response links(Request request) {
    var after = request.query().getOrDefault("after", "");
    return Response.of(
        feeds.links(request.segment("feed"), after),
        links -> {
          var answer = Shown.object();
          var items = answer.putArray("items");
          links.forEach(link -> items.add(shown(link)));
          return Response.json(200, answer);
        });
  }

  private Response sync(Request request, Doors.Person person) {
    var mandate = mandate(person, Members.of(request, "reason").reason());
    return Response.of(
        feeds.sync(mandate, request.segment("feed")),
        state -> Response.json(202, shown(new Feeds.Known(state, Optional.empty()))));
  }

  private Response link(Request request, Doors.Person person) {
    var members = Members.of(request, "id", "device", "reason");
    return Response.of(
        feeds.link(
            mandate(person, members.reason()),
            request.segment("feed"),
            members.text("id").orElse(""),
            members.required("device", FeedRoutes::device)),
        link -> Response.json(200, shown(link)));
  }

  private static Outcome<DeviceId> device(String typed) {
    try {
      return Outcome.done(new DeviceId(typed));
    } catch (IllegalArgumentException e) {
      return Outcome.refused(FeedRefusal.NO_SUCH_DEVICE);
    }
  }

  private Response unlink(Request request, Doors.Person person) {
    var members = Members.of(request, "id", "reason");
    return Response.of(
        feeds.unlink(
            mandate(person, members.reason()),
            request.segment("feed"),
            members.text("id").orElse("")),
        link -> Response.json(200, shown(link)));
  }

  private Response imported(Request request, Doors.Person person) {
    var members = Members.of(request, "list", "lifetime_hours", "reason");
    var mandate = mandate(person, members.reason());
    var hours =
        Duration.ofHours(
            Math.min(
                members.number("lifetime_hours").orElse(FeedRules.USUAL_LIFETIME.toHours()),
                100_000));
    return Response.of(
        CsvDevices.read(members.text("list").orElse(""))
            .then(list -> feeds.imported(mandate, request.segment("feed"), hours, list)),
        counts -> Response.json(200, shown(counts)));
  }

  private static ObjectNode shown(Feeds.Known known) {
    var state = known.state();
    var node =
        Shown.object()
            .put("name", state.feed())
            .put("configured", known.rules().isPresent())
            .put("state", word(state));
    known
        .rules()
        .ifPresent(rules ->
            node.put("interval_seconds", rules.interval().toSeconds())
                .put("lifetime_seconds", rules.lifetime().toSeconds())
                .put("claims", rules.claims().name().toLowerCase(Locale.ROOT)));
    put(node, "completed_at", state.completed());
    put(node, "attempted_at", state.attempted());
    put(node, "next_at", state.next());
    put(node, "silent_since", state.silent());
    state
        .failure()
        .ifPresent(failure ->
            node.putObject("failure")
                .put("reason", failure.reason().name().toLowerCase(Locale.ROOT))
                .put("says", failure.says())
                .put("times", failure.times()));
    node.set("counts", shown(state.counts()));
    return node;
  }

  /// Silent is worse than failing: what it said has run out.
  private static String word(FeedState state) {
    if (state.silent().isPresent()) return "silent";
    if (state.failure().isPresent()) return "failing";
    return state.completed().isPresent() ? "ok" : "new";
  }

  private static void put(ObjectNode node, String name, Optional<Instant> at) {
    at.ifPresent(instant -> node.put(name, instant.toString()));
  }

  private static ObjectNode shown(FeedState.Counts counts) {
    return Shown.object()
        .put("devices", counts.devices())
        .put("matched", counts.matched())
        .put("unmatched", counts.unmatched())
        .put("unreadable", counts.unreadable())
        .put("left_out", counts.leftOut());
  }

  private static ObjectNode shown(FeedLink link) {
    var node =
        Shown.object()
            .put("feed", link.feed())
            .put("id", link.management())
            .put("how", link.how().name().toLowerCase(Locale.ROOT))
            .put("since", link.at().toString());
    link.device().ifPresent(device -> node.put("device", device.value()));
    return node;
  }
}

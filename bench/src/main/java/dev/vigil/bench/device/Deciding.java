// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.access.AccessToken;
import dev.vigil.access.Attempt;
import dev.vigil.access.Decider;
import dev.vigil.admission.Actor;
import dev.vigil.admission.App;
import dev.vigil.admission.device.PostureReports;
import dev.vigil.bench.Figures;
import dev.vigil.identity.Session;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Facts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// From a phone's report to the next decision that knows of it: the screen lock goes and comes, and
/// the phone is turned away and let in.
record Deciding(Stand stand, Plan plan, Ticker ticker) {

  private static final int OTHERS = 1_000;
  private static final Duration LIFE = Duration.ofHours(1);

  Map<String, Object> measure() {
    ticker.begin("making phones");
    var fleet = Fleet.furnish(stand, OTHERS, ticker);
    var attempt = attempt(fleet, signedIn(fleet));
    var reports = new PostureReports(stand.changes());
    var decider = new Decider(stand.world(), stand.entropy());
    ticker.begin("reports and decisions");
    var millis = new ArrayList<Double>();
    int warmUp = plan.decisions() / 5;
    for (int i = 0; i < warmUp + plan.decisions(); i++) {
      boolean locked = i % 2 == 1;
      var report = Fleet.report(0, Fleet.Developer.NO, locked ? "true" : "false");
      long began = stand.time().nanos();
      Stand.done(reports.report(fleet.phones().getFirst(), report));
      var verdict = decider.decide(attempt.at(stand.time().now()), (_, _) -> true);
      double took = (stand.time().nanos() - began) / 1e6;
      if (verdict.passes() != locked)
        throw new IllegalStateException("the decision did not know of the report: " + verdict);
      if (i >= warmUp) millis.add(took);
      ticker.done(i, warmUp + plan.decisions());
    }
    return json(new Figures(millis));
  }

  private static Map<String, Object> json(Figures millis) {
    var all = new LinkedHashMap<String, Object>();
    all.put("devices", OTHERS);
    all.put("reports", millis.values().size());
    all.put("p50_ms", Figures.rounded(millis.median()));
    all.put("p99_ms", Figures.rounded(millis.share(0.99)));
    all.put("max_ms", Figures.rounded(millis.max()));
    return all;
  }

  private Session signedIn(Fleet fleet) {
    var now = stand.time().now();
    var session =
        new Session(
            SessionId.random(stand.entropy()),
            fleet.people().getFirst(),
            new Session.Binding.Device(
                fleet.phones().getFirst(), Sha256.of(stand.entropy().bytes(32))),
            List.of(),
            now,
            now.plus(LIFE),
            Optional.empty());
    var app =
        new App(
            new AppId(Stand.APP),
            Stand.APP + ".example",
            URI.create("https://127.0.0.1:8443"),
            "high",
            Set.of(),
            List.of());
    return stand
        .changes()
        .commit(
            Actor.SYSTEM,
            work -> {
              work.tx().put(session);
              work.tx().put(app);
              work.event(
                  "session-established",
                  "made up",
                  Map.of(),
                  session.id(),
                  session.subject(),
                  app.id());
              return session;
            });
  }

  private Attempt attempt(Fleet fleet, Session session) {
    var certificate = fleet.certificates().getFirst();
    var token =
        new AccessToken(
            session.id(),
            session.subject(),
            certificate,
            session.expiresAt(),
            stand.world().sequence());
    return new Attempt(
        certificate,
        Optional.of(token),
        new AppId(Stand.APP),
        Facts.unknown(Entity.CONNECTION),
        Facts.unknown(Entity.NETWORK),
        Facts.unknown(Entity.REQUEST),
        Optional.empty(),
        stand.time().now());
  }
}

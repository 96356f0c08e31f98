// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.Synchronisation;
import dev.vigil.bench.Figures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What many phones cost: a management product's word about each of them, their facts in memory,
/// and their reports.
record Many(Stand stand, Plan plan, Ticker ticker) {

  private static final int NEEDED_SECONDS = 60;
  private static final int LARGEST = 100_000;

  Map<String, Object> measure() throws InterruptedException {
    ticker.begin("making phones");
    var fleet = Fleet.furnish(stand, plan.phones(), ticker);
    var figures = new LinkedHashMap<String, Object>();
    figures.put("feed", feed(fleet));
    figures.put("facts", facts());
    figures.put("reports", reports(fleet));
    return figures;
  }

  private Map<String, Object> feed(Fleet fleet) {
    var rules =
        new FeedRules(
            Fleet.FEED, Duration.ofMinutes(15), FeedRules.USUAL_LIFETIME, FeedRules.Claims.REFUSED);
    var source = new ManyDevices(plan.phones(), fleet.reported(), ticker);
    var synchronisation = new Synchronisation(stand.changes(), source, rules, stand.entropy());
    var figures = new LinkedHashMap<String, Object>();
    figures.put("devices", plan.phones());
    figures.put("heap_before_mib", Figures.rounded(Heap.mebibytes(Heap.live())));
    try (var heap = Heap.watch()) {
      figures.put("first_round_s", round("first round of the feed", synchronisation));
      figures.put("unchanged_round_s", round("unchanged round of the feed", synchronisation));
      figures.put("heap_most_after_gc_mib", Figures.rounded(Heap.mebibytes(heap.most())));
    }
    figures.put("heap_after_mib", Figures.rounded(Heap.mebibytes(Heap.live())));
    return figures;
  }

  private double round(String name, Synchronisation synchronisation) {
    ticker.begin(name);
    long began = stand.time().nanos();
    FeedState state = synchronisation.run();
    double seconds = (stand.time().nanos() - began) / 1e9;
    if (state.counts().matched() != plan.phones())
      throw new IllegalStateException("the round found " + state.counts());
    return Figures.rounded(seconds);
  }

  private Map<String, Object> facts() {
    ticker.begin("loading the facts of all phones");
    long before = Heap.live();
    long began = stand.time().nanos();
    var world = stand.loaded();
    double seconds = (stand.time().nanos() - began) / 1e9;
    long bytes = Heap.live() - before;
    if (world.sequence() != stand.world().sequence())
      throw new IllegalStateException("not everything was loaded");
    var figures = new LinkedHashMap<String, Object>();
    figures.put("devices", plan.phones());
    figures.put("bytes_per_device", bytes / plan.phones());
    figures.put("heap_mib", Figures.rounded(Heap.mebibytes(bytes)));
    figures.put("load_s", Figures.rounded(seconds));
    return figures;
  }

  /// First with reports of which none is old enough to be written again, then as they come from
  /// phones that report every minute: a fifth of them is.
  private Map<String, Object> reports(Fleet fleet) throws InterruptedException {
    var reporting = new Reporting(stand, fleet);
    stand.time().set(fleet.reported());
    ticker.begin("phones report, warming up");
    reporting.run(Duration.ofSeconds(2));
    ticker.begin("phones report for " + plan.reporting().toSeconds() + " s");
    var fresh = reporting.run(plan.reporting());
    stand.time().set(fleet.reported().plusSeconds(NEEDED_SECONDS + 1L));
    ticker.begin(
        "phones report for " + plan.reporting().toSeconds() + " s, some to be written again");
    var aged = reporting.run(plan.reporting());
    double needed = (double) LARGEST / NEEDED_SECONDS;
    var figures = new LinkedHashMap<String, Object>();
    figures.put("phones", plan.phones());
    figures.put("threads", Reporting.THREADS);
    figures.put("needed_per_second", Math.round(needed));
    figures.put("reached", fresh.perSecond() >= needed);
    figures.putAll(fresh.json());
    figures.put("with_repetitions_reached", aged.perSecond() >= needed);
    figures.put("with_repetitions", aged.json());
    return figures;
  }
}

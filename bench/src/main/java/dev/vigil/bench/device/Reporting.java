// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.admission.device.PostureReports;
import dev.vigil.bench.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Phones that report in turn: one in ten says something new.
final class Reporting {

  static final int THREADS = 16;

  private static final int ONE_IN = 10;

  private final Stand stand;
  private final Fleet fleet;
  private final PostureReports reports;
  private final AtomicInteger next = new AtomicInteger();

  Reporting(Stand stand, Fleet fleet) {
    this.stand = stand;
    this.fleet = fleet;
    this.reports = new PostureReports(stand.changes());
  }

  /// What came of it.
  ///
  /// @param changed reports that said something new
  /// @param repeated reports that were written because the last time was long ago
  record Done(double seconds, List<Double> millis, long changed, long repeated) {

    double perSecond() {
      return millis.size() / seconds;
    }

    Map<String, Object> json() {
      var times = new Figures(millis);
      var all = new LinkedHashMap<String, Object>();
      all.put("per_second", Math.round(perSecond()));
      all.put("p50_ms", Figures.rounded(times.median()));
      all.put("p99_ms", Figures.rounded(times.share(0.99)));
      all.put("reports", millis.size());
      all.put("changed", changed);
      all.put("repeated", repeated);
      return all;
    }
  }

  Done run(Duration duration) throws InterruptedException {
    var time = stand.time();
    long changed = stand.events("device-posture-change");
    long repeated = stand.events("device-posture-seen");
    long began = time.nanos();
    long end = began + duration.toNanos();
    var all = new ArrayList<Double>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      Callable<List<Double>> one = () -> until(end);
      for (var some : threads.invokeAll(Collections.nCopies(THREADS, one))) all.addAll(some.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a report was not taken", e);
    }
    return new Done(
        (time.nanos() - began) / 1e9,
        all,
        stand.events("device-posture-change") - changed,
        stand.events("device-posture-seen") - repeated);
  }

  private List<Double> until(long end) {
    var time = stand.time();
    var millis = new ArrayList<Double>();
    for (long now = time.nanos(); now < end; ) {
      int turn = next.getAndIncrement();
      report(turn % fleet.phones().size(), turn / fleet.phones().size());
      long after = time.nanos();
      millis.add((after - now) / 1e6);
      now = after;
    }
    return millis;
  }

  private void report(int number, int round) {
    boolean changes = number % ONE_IN == 0 && round % 2 == 0;
    var mode = changes ? Fleet.Developer.YES : Fleet.Developer.NO;
    Stand.done(reports.report(fleet.phones().get(number), Fleet.report(number, mode)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Report;
import dev.vigil.bench.signin.Load.SignedIn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Warms servers up and measures them in turns, so that what the machine does besides meets both.
///
/// @param plan how much
record Turns(Load load, Plan plan, Report report) {

  /// What came of each site, by its name.
  SequencedMap<String, Results> take(List<Site> sites) throws IOException, InterruptedException {
    var all = new LinkedHashMap<String, Results>();
    for (var site : sites) warmUp(site);
    for (int round = 1; round <= plan.rounds(); round++)
      for (var site : sites) {
        report.progress("%s: round %d of %d".formatted(site.name(), round, plan.rounds()));
        round(site, all.computeIfAbsent(site.name(), _ -> new Results()));
      }
    return all;
  }

  private void warmUp(Site site) throws IOException, InterruptedException {
    for (int done = 0; done < plan.warmUp(); done += site.people().size()) {
      report.progress("%s: warming up, %d of %d".formatted(site.name(), done, plan.warmUp()));
      var warm = load.signIns(site, Plan.SOME, site.people().size());
      stopAtErrors(site, warm.round().errors());
      if (done == 0)
        stopAtErrors(
            site, load.refreshes(site, warm.refreshTokens(), Plan.SOME, plan.refreshes()).errors());
    }
  }

  /// Nothing that fails already now is worth measuring.
  private static void stopAtErrors(Site site, List<String> errors) throws IOException {
    if (!errors.isEmpty())
      throw new IOException(
          "%s: %d of the first requests failed: %s"
              .formatted(site.name(), errors.size(), errors.getFirst()));
  }

  private void round(Site site, Results results) throws IOException, InterruptedException {
    List<String> tokens = List.of();
    for (var one : plan.signIns().entrySet()) {
      SignedIn done = load.signIns(site, one.getKey(), one.getValue());
      results.signIn(done.round());
      tokens = done.refreshTokens();
    }
    if (!tokens.isEmpty())
      results.refresh(load.refreshes(site, tokens, Plan.MANY, plan.refreshes()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// What a run of the harness came to.
final class Measured {

  private final List<RunResult> results;

  Measured(Collection<RunResult> results) {
    this.results = List.copyOf(results);
  }

  /// What one decision costs.
  ///
  /// @param bytes allocated
  record Cost(double p50, double p99, double bytes) {

    private static Cost of(RunResult result) {
      var times = result.getPrimaryResult().getStatistics();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      return new Cost(
          times.getPercentile(50), times.getPercentile(99), bytes == null ? 0 : bytes.getScore());
    }

    /// For programs; a few bytes in a thousand decisions are the harness's own.
    Map<String, Object> json() {
      var all = new LinkedHashMap<String, Object>();
      all.put("p50_ns", Math.round(p50));
      all.put("p99_ns", Math.round(p99));
      all.put("bytes", Math.round(bytes * 10) / 10.0);
      return all;
    }

    String text() {
      return "p50 %,d ns, p99 %,d ns, %.1f bytes"
          .formatted(Math.round(p50), Math.round(p99), bytes);
    }
  }

  /// The costs of a benchmark by the value of its parameter, in the order of the run.
  Map<String, Cost> costs(String benchmark, String parameter) {
    var costs = new LinkedHashMap<String, Cost>();
    for (var result : results)
      if (is(result, benchmark)) costs.put(result.getParams().getParam(parameter), Cost.of(result));
    return costs;
  }

  /// The cost of a benchmark without parameters.
  Optional<Cost> cost(String benchmark) {
    return results.stream().filter(r -> is(r, benchmark)).map(Cost::of).findFirst();
  }

  /// The score of each iteration.
  List<Double> iterations(String benchmark) {
    var scores = new ArrayList<Double>();
    for (var result : results) {
      if (!is(result, benchmark)) continue;
      for (var fork : result.getBenchmarkResults())
        for (IterationResult iteration : fork.getIterationResults())
          scores.add(iteration.getPrimaryResult().getScore());
    }
    return scores;
  }

  private static boolean is(RunResult result, String benchmark) {
    return result.getParams().getBenchmark().endsWith("." + benchmark);
  }
}

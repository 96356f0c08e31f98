// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What several rounds of load cost one server.
final class Rounds {

  private final List<Round> rounds = new ArrayList<>();

  /// One round.
  ///
  /// @param perSecond answered requests
  /// @param cpu processor seconds for 10,000 requests
  record Round(double perSecond, double p50ms, double p99ms, double cpu) {}

  void add(Round round) {
    rounds.add(round);
  }

  double median(ToDoubleFunction<Round> figure) {
    return Figures.of(rounds.stream().mapToDouble(figure)).median();
  }

  String text() {
    return "%,.0f requests/s, p50 %.2f ms, p99 %.2f ms, %.2f CPU s per 10,000"
        .formatted(
            median(Round::perSecond),
            median(Round::p50ms),
            median(Round::p99ms),
            median(Round::cpu));
  }

  Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("requests_per_second", Math.round(median(Round::perSecond)));
    all.put("p50_ms", Figures.rounded(median(Round::p50ms)));
    all.put("p99_ms", Figures.rounded(median(Round::p99ms)));
    all.put("cpu_s_per_10000", Figures.rounded(median(Round::cpu)));
    return all;
  }
}

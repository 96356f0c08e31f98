// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much is measured.
///
/// @param phones how many an organisation has
/// @param enrolments one at a time; twice as many are made together
/// @param statements that are verified
/// @param decisions that follow a report
/// @param reporting how long phones report
record Plan(int phones, int enrolments, int statements, int decisions, Duration reporting) {

  private static final int LEAST = 20;
  private static final double SMALL = 0.1;

  static Plan quick() {
    return new Plan(10_000, 200, 600, 500, Duration.ofSeconds(5));
  }

  static Plan full() {
    return new Plan(100_000, 1_000, 3_000, 5_000, Duration.ofSeconds(20));
  }

  /// The same for another number of phones; for fewer, everything else is less as well.
  Plan of(int other) {
    double share = Math.min(1, (double) other / phones);
    return new Plan(
        other,
        part(enrolments, share),
        part(statements, share),
        part(decisions, share),
        share < SMALL ? Duration.ofSeconds(1) : reporting);
  }

  private static int part(int all, double share) {
    return Math.max(LEAST, (int) (all * share));
  }

  Map<String, Object> json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("phones", phones);
    all.put("reporting_s", reporting.toSeconds());
    return all;
  }
}

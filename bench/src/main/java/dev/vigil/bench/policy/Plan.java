// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What one run measures.
///
/// @param known cells such as `10/10000`: applicable rules of all rules
/// @param strangers cells too
/// @param turnedAway what comes of the requests of phones that are not let in
/// @param peers the other engines
/// @param processes how many times each benchmark runs, each time in a process of its own
record Plan(
    List<String> known,
    List<String> strangers,
    List<String> turnedAway,
    List<String> peers,
    int processes) {

  static final String HEADLINE = "10/10000";

  /// Within two minutes.
  static Plan quick() {
    return new Plan(
        List.of("10/10", HEADLINE), List.of(HEADLINE), List.of("STEP_UP"), List.of("cel_java"), 1);
  }

  /// Everything there is to measure.
  static Plan full(List<String> peers) {
    var all = new ArrayList<>(List.of("cel_java"));
    all.addAll(peers);
    return new Plan(
        List.of(
            "1/10",
            "10/10",
            "1/100",
            "10/100",
            "50/100",
            "1/1000",
            "10/1000",
            "50/1000",
            "1/10000",
            HEADLINE,
            "50/10000"),
        List.of("1/10000", "10/10", HEADLINE, "50/10000"),
        List.of("NOT_PERMITTED", "FORBIDDEN", "STEP_UP", "REMEDIATE"),
        all,
        2);
  }

  /// How many benchmarks that is; reading, swapping and the clock are always among them.
  int size() {
    return known.size() + strangers.size() + turnedAway.size() + peers.size() + 3;
  }

  /// The same for the harness, with a server's flags.
  ///
  /// @param iteration how long an iteration lasts
  /// @param folder where the peers are
  Options options(TimeValue iteration, Path folder) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Vigil.class.getPackageName() + "\\..*")
            .forks(processes)
            .warmupTime(iteration)
            .measurementTime(iteration)
            .addProfiler(GCProfiler.class)
            .jvmArgs(
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djmh.ignoreLock=true",
                "-D" + Peers.FOLDER + "=" + folder);
    return options
        .param("known", known.toArray(String[]::new))
        .param("strangers", strangers.toArray(String[]::new))
        .param("situation", turnedAway.toArray(String[]::new))
        .param("peer", peers.toArray(String[]::new))
        .build();
  }
}

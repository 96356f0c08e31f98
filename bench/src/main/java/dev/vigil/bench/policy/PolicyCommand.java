// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.bench.Figures;
import dev.vigil.bench.Report;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil bench policy`: what a decision costs, beside other engines in the same run.
@Command(
    name = "policy",
    description = "decisions: how long they take and what they allocate, beside other engines",
    footer = {
      "",
      "Up to 10,000 policies of which up to 50 apply to the request, each with three conditions or",
      "more; 64 phones that ask again and again, and 4,096 that are not remembered. Finding the",
      "policies and binding the facts count. Other engines decide by the ten applicable policies",
      "alone, with everything bound before that can be. Times are of single decisions and contain",
      "what reading the clock costs, which is told as well.",
      "",
      "Example:",
      "  vigil bench policy --quick --json"
    })
public final class PolicyCommand implements Callable<Integer> {

  private final Report report;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--quick", description = "the most important figures, within a minute")
  boolean quick;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  public PolicyCommand(Report report) {
    this.report = report;
  }

  @Override
  public Integer call() throws RunnerException, InterruptedException {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("bench", "policy");
    var folder = new PeerFolder(Path.of(System.getProperty("vigil.home", "")));
    var others = others(folder, figures);
    var before = load();
    var plan = quick ? Plan.quick() : Plan.full(others);
    var iteration = quick ? TimeValue.milliseconds(500) : TimeValue.seconds(1);
    var progress = new Progress(plan.size(), report::progress);
    var measured = new Measured(new Runner(plan.options(iteration, folder.path()), progress).run());
    figures.put("quick", quick);
    figures.put("cores", Runtime.getRuntime().availableProcessors());
    figures.put("load_before", Figures.rounded(before));
    figures.put("load_after", Figures.rounded(load()));
    tell(measured, figures);
    if (json) report.json(figures);
    return Exit.DONE.code();
  }

  /// The engines that have to be fetched; why not, if they cannot be.
  private List<String> others(PeerFolder folder, Map<String, Object> figures)
      throws InterruptedException {
    var standIns = new LinkedHashMap<String, Object>();
    figures.put("stand_ins", standIns);
    standIns.put("cel_java", new CelJava().standIns());
    if (quick) {
      figures.put("absent", List.of("cedar_java and sapl: left out by --quick"));
      return List.of();
    }
    try {
      folder.prepare(report::progress);
      var peers = Peers.all(folder.path());
      peers.forEach(peer -> standIns.put(peer.name(), peer.standIns()));
      figures.put("absent", List.of());
      return peers.stream().map(Peer::name).toList();
    } catch (IOException e) {
      figures.put("absent", List.of("cedar_java and sapl: " + e.getMessage()));
      return List.of();
    }
  }

  /// How many processes the machine was busy with during the last minute.
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void tell(Measured measured, Map<String, Object> figures) {
    var known = table(measured, "known", figures);
    table(measured, "strangers", figures);
    table(measured, "situation", figures);
    var peers = table(measured, "peer", figures);
    measured
        .cost("clock")
        .ifPresent(clock -> {
          report.line("reading the clock: " + clock.text());
          figures.put("clock_p50_ns", Math.round(clock.p50()));
        });
    times(measured.iterations("load"), "load_ms", 1e3, figures);
    times(measured.iterations("swap"), "swap_us", 1, figures);
    var ours = known.get(Plan.HEADLINE);
    if (ours == null) return;
    figures.put("p50_ns_10_of_10000", Math.round(ours.p50()));
    peers.forEach((name, cost) -> {
      report.line("%.1f times faster than %s".formatted(cost.p50() / ours.p50(), name));
      figures.put("times_faster_than_" + name, Figures.rounded(cost.p50() / ours.p50()));
    });
  }

  private Map<String, Measured.Cost> table(
      Measured measured, String parameter, Map<String, Object> figures) {
    var benchmark = parameter.equals("situation") ? "turnedAway" : parameter;
    var costs = measured.costs(benchmark, parameter);
    var rows = new LinkedHashMap<String, Object>();
    costs.forEach((name, cost) -> {
      report.line("%-10s %-14s %s".formatted(benchmark, name, cost.text()));
      rows.put(name, cost.json());
    });
    figures.put(benchmark, rows);
    return costs;
  }

  private void times(
      List<Double> microseconds, String name, double unit, Map<String, Object> figures) {
    if (microseconds.isEmpty()) return;
    var first = microseconds.getFirst() / unit;
    report.line("%-10s first %,.1f".formatted(name, first));
    figures.put("first_" + name, Figures.rounded(first));
    if (microseconds.size() == 1) return;
    var later =
        Figures.of(microseconds.stream().skip(1).mapToDouble(Double::doubleValue)).median() / unit;
    report.line("%-10s again %,.1f".formatted(name, later));
    figures.put("again_" + name, Figures.rounded(later));
  }
}

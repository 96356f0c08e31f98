// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.demo.bank.Premises;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `vigil bench start`: from starting the process to a server that is ready, and its memory when
/// idle.
@Command(
    name = "start",
    description = "from starting the process to `vigil is ready`, and the memory when idle",
    footer = {
      "",
      "The first start also makes keys and the database and is told apart from the others.",
      "",
      "Example:",
      "  vigil bench start --json"
    })
final class StartCommand implements Callable<Integer> {

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Report report;
  private final TimeSource time;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(
      names = "--starts",
      paramLabel = "N",
      description = "how many starts after the first (default: 5)")
  int starts = 5;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  StartCommand(Report report, TimeSource time) {
    this.report = report;
    this.time = time;
  }

  @Override
  public Integer call() throws Exception {
    try (var folder = new Workplace()) {
      var premises = new Premises(folder.path(), Premises.examples(), Premises.Doors.ANY);
      premises.furnish();
      report.progress("the first start");
      double first;
      try (var server = server(folder.path(), premises)) {
        first = ready(server);
      }
      var later = new ArrayList<Double>();
      double resident = 0;
      for (int i = 1; i <= starts; i++) {
        report.progress("start " + i + " of " + starts);
        try (var server = server(folder.path(), premises)) {
          later.add(ready(server));
          if (i == starts) resident = idle(server);
        }
      }
      answer(first, new Figures(later), resident);
    }
    return Exit.DONE.code();
  }

  private long began;

  private Child server(Path folder, Premises premises) throws IOException {
    began = time.nanos();
    return Child.java(
        folder.resolve("server.log"),
        "dev.vigil.server.Vigil",
        "server",
        "--config",
        premises.file().toString());
  }

  private double ready(Child server) throws IOException {
    server.await("vigil is ready");
    return (time.nanos() - began) / 1e6;
  }

  private double idle(Child server) throws IOException, InterruptedException {
    report.progress("idle for " + IDLE.toSeconds() + " s");
    if (!server.runsFor(IDLE)) throw new IOException("the server ended by itself");
    return server.residentMebibytes();
  }

  private void answer(double first, Figures later, double resident) {
    report.line(
        "start to ready: median %.0f ms of %d (first start %.0f ms); %.0f MiB resident when idle"
            .formatted(later.median(), starts, first, resident));
    if (!json) return;
    var all = new LinkedHashMap<String, Object>();
    all.put("bench", "start");
    all.put("starts", starts);
    all.put("first_ms", Math.round(first));
    all.put("median_ms", Math.round(later.median()));
    all.put("max_ms", Math.round(later.max()));
    all.put("resident_mib", Math.round(resident));
    report.json(all);
  }
}

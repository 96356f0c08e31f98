// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.bench.Child;
import dev.vigil.bench.Figures;
import dev.vigil.bench.Report;
import dev.vigil.bench.Workplace;
import dev.vigil.server.cli.Exit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vigil bench devices`: what trust in devices costs.
@Command(
    name = "devices",
    description = "devices: enrolment, reports, feeds, and the memory they take",
    footer = {
      "",
      "Phones are made up: their statements are signed by a test root before the clock runs, their",
      "management product answers at once. Everything else is what a server does, on SQLite in a",
      "folder that goes away, without the network in between. Enrolling is: verify the"
          + " attestation,",
      "issue a certificate, commit. `reports` is phones that report every minute, one in ten with",
      "something new; `with_repetitions` also counts that what is said again is written every five",
      "minutes.",
      "",
      "Example:",
      "  vigil bench devices --quick --json"
    })
public final class DevicesCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Report report;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--quick", description = "10,000 phones in place of 100,000, shorter rounds")
  boolean quick;

  @Option(
      names = "--phones",
      paramLabel = "N",
      description =
          "how many phones there are (default: 100000; quick: 10000); fewer shorten all else")
  int phones;

  @Option(names = "--json", description = "the figures as one JSON object in the last line")
  boolean json;

  public DevicesCommand(Report report) {
    this.report = report;
  }

  @Override
  public Integer call() throws IOException {
    var plan = quick ? Plan.quick() : Plan.full();
    if (phones > 0) plan = plan.of(phones);
    var figures = new LinkedHashMap<String, Object>();
    figures.put("bench", "devices");
    figures.put("quick", quick);
    figures.putAll(plan.json());
    figures.put("cores", Runtime.getRuntime().availableProcessors());
    figures.put("load_before", Figures.rounded(load()));
    for (var part : Part.values()) {
      for (var figure : measured(part, plan).properties()) {
        tell(figure.getKey(), figure.getValue());
        figures.put(figure.getKey(), figure.getValue());
      }
    }
    figures.put("load_after", Figures.rounded(load()));
    if (json) report.json(figures);
    return Exit.DONE.code();
  }

  private JsonNode measured(Part part, Plan plan) throws IOException {
    try (var folder = new Workplace();
        var child =
            Child.java(
                folder.path().resolve("log"),
                List.of("-Xmx" + part.heap()),
                Part.class.getName(),
                part.name(),
                quick ? "quick" : "full",
                Integer.toString(plan.phones()),
                folder.path().resolve("data").toString())) {
      var last = child.await(Part.FIGURES, line -> report.progress(part.label() + ": " + line));
      return JSON.readTree(last.substring(Part.FIGURES.length()));
    }
  }

  private void tell(String name, JsonNode values) {
    var text = new StringBuilder(name.replace('_', ' ')).append(':');
    for (var value : values.properties())
      if (!value.getValue().isObject())
        text.append(' ').append(value.getKey()).append('=').append(plain(value.getValue()));
    report.line(text.toString());
    for (var value : values.properties())
      if (value.getValue().isObject()) tell(name + ", " + value.getKey(), value.getValue());
  }

  private static String plain(JsonNode value) {
    return value.isString() ? "`" + value.asString() + "`" : value.toString();
  }

  /// How many processes the machine was busy with during the last minute.
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}

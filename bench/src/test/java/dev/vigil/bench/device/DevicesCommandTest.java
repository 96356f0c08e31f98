// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.bench.Report;
import dev.vigil.server.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A short run with few phones.
class DevicesCommandTest {

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void every_figure_is_measured_and_the_mix_of_reports_is_what_it_says() {
    var figures = run("--quick", "--phones", "300", "--json");
    for (String name :
        new String[] {
          "/enrolment/p50_ms",
          "/enrolment/p99_ms",
          "/enrolment/per_second_per_core",
          "/enrolment/per_cpu_second",
          "/verification/p50_us",
          "/verification/peer_p50_us",
          "/report_to_decision/p99_ms",
          "/feed/first_round_s",
          "/feed/heap_after_mib",
          "/facts/bytes_per_device",
          "/reports/per_second",
          "/reports/with_repetitions/per_second"
        }) assertThat(figures.at(name).asDouble(-1)).as(name).isPositive();
    assertThat(share(figures.at("/reports"), "changed")).isBetween(0.09, 0.11);
    assertThat(share(figures.at("/reports"), "repeated")).isZero();
    assertThat(share(figures.at("/reports/with_repetitions"), "repeated")).isPositive();
  }

  private static double share(JsonNode reports, String kind) {
    return reports.path(kind).asDouble() / reports.path("reports").asDouble();
  }

  private JsonNode run(String... arguments) {
    var terminal = new Terminal(new PrintWriter(output), new PrintWriter(errors), Optional.empty());
    int code = new CommandLine(new DevicesCommand(new Report(terminal))).execute(arguments);
    assertThat(code).as(() -> output + "\n" + errors).isZero();
    assertThat(Stream.of(errors.toString().split("\n")).filter(line -> line.contains(": ")))
        .isNotEmpty();
    return JsonMapper.builder().build().readTree(output.toString().lines().toList().getLast());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.server.SystemTime;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What is measured together, in a process of its own with a heap of its own.
enum Part {
  /// Enrolling, and verifying alone.
  ENROLMENT("512m"),
  /// From a report to a decision.
  DECISION("512m"),
  /// Feed, memory and reports of many phones.
  MANY("2g");

  /// What stands before the figures, in the last line of such a process.
  static final String FIGURES = "figures ";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String heap;

  Part(String heap) {
    this.heap = heap;
  }

  /// The largest heap it may have, as the Java machine is told.
  String heap() {
    return heap;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Measures in this process; tells how far it is in lines, the figures in the last one.
  ///
  /// @param arguments which part, `quick` or `full`, how many phones, an empty folder
  public static void main(String[] arguments)
      throws InterruptedException, GeneralSecurityException {
    var output = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var plan =
        (arguments[1].equals("quick") ? Plan.quick() : Plan.full())
            .of(Integer.parseInt(arguments[2]));
    var time = new SystemTime();
    try (var stand = Stand.open(Path.of(arguments[3]), time)) {
      var figures = valueOf(arguments[0]).measure(stand, plan, new Ticker(time, output::println));
      output.println(FIGURES + JSON.writeValueAsString(figures));
    }
  }

  private Map<String, Object> measure(Stand stand, Plan plan, Ticker ticker)
      throws InterruptedException, GeneralSecurityException {
    return switch (this) {
      case ENROLMENT -> {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("enrolment", new Enrolling(stand, ticker).measure(plan.enrolments()));
        figures.put("verification", new Verifying(stand, ticker).measure(plan.statements()));
        yield figures;
      }
      case DECISION -> Map.of("report_to_decision", new Deciding(stand, plan, ticker).measure());
      case MANY -> new Many(stand, plan, ticker).measure();
    };
  }
}

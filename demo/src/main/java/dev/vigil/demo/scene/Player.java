// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.scene;

import dev.vigil.kernel.TimeSource;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// Plays scenes one after the other and prints a line each, for people or for programs.
public final class Player {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PrintStream out;
  private final Form form;
  private final TimeSource time;
  private final List<Scene.Result> results = new ArrayList<>();

  /// How a line looks.
  public enum Form {
    TEXT,
    JSON_LINES
  }

  public Player(PrintStream out, Form form, TimeSource time) {
    this.out = out;
    this.form = form;
    this.time = time;
  }

  /// Prints the title of an act; nothing for programs.
  public void title(String title) {
    if (form == Form.TEXT) out.printf("%n%s%n", title);
  }

  /// Plays a scene. Whatever it throws is its outcome, and never the expected one.
  public Scene.Result play(Scene scene) {
    long start = time.nanos();
    String actual;
    String said = "";
    try {
      String[] came = scene.act().play().split("\n", 2);
      actual = came[0];
      said = came.length > 1 ? came[1] : "";
    } catch (Exception e) { // a scene may fail in any way, and the show goes on
      actual = "failed: " + e;
    }
    var result =
        new Scene.Result(
            scene.name(),
            scene.expected(),
            actual,
            said,
            TimeUnit.NANOSECONDS.toMillis(time.nanos() - start));
    results.add(result);
    print(result);
    return result;
  }

  private void print(Scene.Result result) {
    if (form == Form.JSON_LINES) {
      out.println(
          JSON.writeValueAsString(
              Map.of(
                  "scene",
                  result.scene(),
                  "expected",
                  result.expected(),
                  "actual",
                  result.actual(),
                  "said",
                  result.said(),
                  "ms",
                  result.ms(),
                  "passed",
                  result.passed())));
      return;
    }
    out.printf(
        "  %s %-62s %-34s %5d ms%n",
        result.passed() ? "ok " : "NOT", result.scene(), result.actual(), result.ms());
    if (!result.passed()) out.printf("      expected: %s%n", result.expected());
    if (!result.said().isEmpty()) out.printf("      the phone says: %s%n", result.said());
  }

  /// How many scenes came out otherwise than expected.
  public long failures() {
    return results.stream().filter(result -> !result.passed()).count();
  }

  /// Prints the last lines of the scenes.
  public void summary() {
    if (form == Form.TEXT)
      out.printf(
          "%n%d scenes, %d as expected, %d not%n",
          results.size(), results.size() - failures(), failures());
  }
}

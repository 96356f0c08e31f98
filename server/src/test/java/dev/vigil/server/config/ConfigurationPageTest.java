// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/configuration.md and the reader agree.
class ConfigurationPageTest {

  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+\\.[a-z0-9-]+)` \\|.*");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static Path page() {
    var here = Path.of("docs/configuration.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(page()).stream().filter(line -> ROW.matcher(line).matches()).toList();
  }

  @Test
  void every_key_stands_there_once_and_no_other() throws IOException {
    var keys = rows().stream().map(line -> ROW.matcher(line).replaceFirst("$1")).toList();
    assertThat(keys).containsExactlyInAnyOrderElementsOf(ConfigurationReader.KEYS);
  }

  @Test
  void every_key_has_meaning_default_and_an_example_that_is_read() throws IOException {
    for (var row : rows()) {
      var cells = Arrays.stream(row.split("\\|")).map(String::strip).toList();
      assertThat(cells).as(row).hasSize(5).allSatisfy(cell -> assertThat(cell).isNotNull());
      assertThat(cells.subList(2, 5)).as(row).noneMatch(String::isEmpty);
      var name = cells.get(1).replace("`", "").split("\\.");
      var example = cells.get(4).replace("`", "");
      var reading =
          ConfigurationReader.read(
              "page", name[0] + ":\n  " + name[1] + ": " + example + "\n", Path.of("/srv"));
      if (reading instanceof Reading.Rejected rejected)
        assertThat(rejected.problems()).as(row).allMatch(ConfigurationPageTest::ofTheRowAlone);
    }
  }

  /// What a row cannot help: its partner is missing, or the file that it names is not on this
  /// machine.
  private static boolean ofTheRowAlone(String problem) {
    return problem.contains("together") || problem.contains("holds no certificates");
  }

  @Test
  void the_whole_example_is_read() throws IOException {
    var match = YAML.matcher(Files.readString(page()));
    assertThat(match.find()).isTrue();
    assertThat(ConfigurationReader.read("page", match.group(1), Path.of("/srv")))
        .isInstanceOf(Reading.Read.class);
  }
}

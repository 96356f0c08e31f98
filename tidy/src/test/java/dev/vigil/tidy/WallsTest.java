// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Modules import downward only, and only what `walls.txt` says.
class WallsTest {

  private static final Pattern ROW = Pattern.compile("(\\d) ([a-z-]+):((?: [a-z]+)*)");
  private static final Pattern MENTION = Pattern.compile("\\bdev\\.vigil\\.([a-z]+)\\b");

  private record Wall(int floor, List<String> allowed) {}

  private static Map<String, Wall> walls() {
    var walls = new TreeMap<String, Wall>();
    for (var line : Sources.golden("walls.txt")) {
      var row = ROW.matcher(line);
      assertThat(row.matches()).as("walls.txt: %s", line).isTrue();
      var allowed =
          row.group(3).isBlank() ? List.<String>of() : List.of(row.group(3).trim().split(" "));
      walls.put(row.group(2), new Wall(Integer.parseInt(row.group(1)), allowed));
    }
    return walls;
  }

  @Test
  void every_module_has_its_walls() {
    assertThat(walls().keySet()).containsExactlyElementsOf(Sources.modules());
  }

  @Test
  void walls_let_through_downward_only() {
    var walls = walls();
    walls.forEach((module, wall) ->
        assertThat(wall.allowed())
            .as(module)
            .allSatisfy(below -> {
              assertThat(walls).containsKey(below);
              assertThat(walls.getOrDefault(below, wall).floor())
                  .as("%s to %s", module, below)
                  .isLessThan(wall.floor());
            }));
  }

  @Test
  void no_source_reaches_through_a_wall() {
    var walls = walls();
    var breaches = new ArrayList<String>();
    for (var source : Sources.shipped()) {
      var wall = walls.getOrDefault(source.module(), new Wall(0, List.of()));
      for (var line : source.lines()) {
        if (line.startsWith("package ") || line.contains("\"")) continue;
        var mention = MENTION.matcher(line);
        while (mention.find()) {
          var other = mention.group(1);
          if (!other.equals(source.module()) && !wall.allowed().contains(other))
            breaches.add(source + ": " + line.trim());
        }
      }
    }
    assertThat(breaches).isEmpty();
  }

  @Test
  void no_package_belongs_to_two_modules() {
    assertThat(Sources.shipped())
        .allSatisfy(source ->
            assertThat(source.path().toString())
                .contains("dev/vigil/" + source.module().replace('-', '/') + "/"));
  }
}

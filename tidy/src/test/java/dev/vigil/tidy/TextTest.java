// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What every file must have, and what none may.
class TextTest {

  private static final int MOST_LINES = 400;
  private static final String SPDX = "// SPDX-License-Identifier: Apache-2.0";
  private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

  private record Ban(boolean tests, Pattern pattern, List<String> where, String why) {
    static Ban of(String line) {
      var parts = line.split("(?<!\\\\)\\|");
      assertThat(parts).as("banned.txt: %s", line).hasSize(4);
      return new Ban(
          parts[0].trim().equals("all"),
          Pattern.compile(parts[1].trim().replace("\\|", "|")),
          Arrays.asList(parts[2].trim().split(" ")),
          parts[3].trim());
    }

    boolean holdsFor(Sources.Source source) {
      return (source.main() || tests) && !where.contains(source.module());
    }
  }

  @Test
  void every_file_starts_with_its_licence() {
    assertThat(Sources.all())
        .allSatisfy(source -> assertThat(source.lines().getFirst()).isEqualTo(SPDX));
  }

  @Test
  void no_file_is_longer_than_four_hundred_lines() {
    assertThat(Sources.all())
        .allSatisfy(source -> assertThat(source.lines().size()).isLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void no_banned_word_stands_in_a_source() {
    var found = new ArrayList<String>();
    var bans = Sources.golden("banned.txt").stream().map(Ban::of).toList();
    for (var source : Sources.all()) {
      for (var ban : bans) {
        if (!ban.holdsFor(source)) continue;
        source.lines().stream()
            .filter(line -> !line.strip().startsWith("//") && ban.pattern().matcher(line).find())
            .forEach(line -> found.add(source + ": " + line.trim() + " (" + ban.why() + ")"));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_and_that_null_is_marked() {
    var packages =
        Sources.shipped().stream()
            .collect(Collectors.groupingBy(source -> source.path().getParent()));
    var silent = new ArrayList<String>();
    packages.forEach((folder, sources) -> {
      if (sources.size() > 1 && sources.stream().noneMatch(TextTest::introduces))
        silent.add(Sources.root().relativize(folder).toString());
    });
    assertThat(silent)
        .as("packages without a package-info that has @NullMarked and a sentence")
        .isEmpty();
  }

  private static boolean introduces(Sources.Source source) {
    return source.name().equals("package-info.java")
        && source.lines().contains("@NullMarked")
        && source.lines().stream().anyMatch(line -> line.startsWith("/// ") && line.length() > 20);
  }

  @Test
  void the_architecture_page_names_only_folders_that_exist() {
    var page = Sources.root().resolve("ARCHITECTURE.md");
    assumeThat(Files.exists(page)).isTrue();
    var named =
        Sources.lines(page).stream()
            .flatMap(line -> CODE.matcher(line).results())
            .map(match -> match.group(1))
            .toList();
    assertThat(named).noneMatch(name -> name.endsWith(".java"));
    assertThat(named.stream().filter(name -> name.endsWith("/")).map(Path::of))
        .allSatisfy(name -> assertThat(Sources.root().resolve(name)).isDirectory());
  }
}

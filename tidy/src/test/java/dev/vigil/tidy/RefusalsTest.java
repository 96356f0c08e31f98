// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.kernel.Refusal;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every refusal of the house stands in `refusals.txt`, as text under review.
class RefusalsTest {

  private static List<Refusal> refusals() throws IOException, ClassNotFoundException {
    var found = new ArrayList<Refusal>();
    for (var name : classNames()) {
      var type = Class.forName(name, false, RefusalsTest.class.getClassLoader());
      if (type.isEnum() && Refusal.class.isAssignableFrom(type)) {
        Arrays.stream(type.getEnumConstants()).map(Refusal.class::cast).forEach(found::add);
      }
    }
    return found;
  }

  /// Our own classes, in folders and in jars.
  private static Set<String> classNames() throws IOException {
    var names = new TreeSet<String>();
    for (var entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      var path = Path.of(entry);
      if (Files.isDirectory(path)) {
        collect(path, names);
      } else if (Files.exists(path) && path.toString().endsWith(".jar")) {
        try (var jar = FileSystems.newFileSystem(path)) {
          collect(jar.getPath("/"), names);
        }
      }
    }
    return names;
  }

  private static void collect(Path root, Set<String> names) throws IOException {
    var ours = root.resolve("dev/vigil");
    if (!Files.isDirectory(ours)) return;
    try (Stream<Path> files = Files.walk(ours)) {
      files
          .map(file -> root.relativize(file).toString())
          .filter(name ->
              name.endsWith(".class")
                  && !name.endsWith("-info.class")
                  && !name.startsWith("dev/vigil/tidy/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(names::add);
    }
  }

  @Test
  void every_refusal_is_written_down_for_review() throws Exception {
    var lines =
        refusals().stream()
            .map(refusal ->
                refusal.code()
                    + " "
                    + refusal.status()
                    + " | "
                    + refusal.says()
                    + " | "
                    + refusal.next())
            .sorted()
            .toList();
    Golden.check("refusals.txt", lines);
  }

  @Test
  void no_two_refusals_share_a_code() throws Exception {
    assertThat(refusals().stream().map(Refusal::code)).doesNotHaveDuplicates();
  }

  @Test
  void every_refusal_reads_as_the_house_reads() throws Exception {
    assertThat(refusals())
        .isNotEmpty()
        .allSatisfy(refusal -> {
          assertThat(refusal.code()).matches("[a-z0-9-]+(\\.[a-z0-9-]+)+");
          assertThat(refusal.status()).isBetween(400, 599);
          for (var text : List.of(refusal.says(), refusal.next())) {
            assertThat(text)
                .as(refusal.code())
                .isNotBlank()
                .doesNotEndWith(".")
                .matches("[^A-Z].*|[A-Z]{2}.*");
          }
        });
  }
}

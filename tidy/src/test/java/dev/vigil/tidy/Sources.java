// SPDX-License-Identifier: Apache-2.0
package dev.vigil.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The repository as files.
final class Sources {

  private Sources() {}

  /// One Java file.
  ///
  /// @param main whether it is shipped, or a test
  record Source(String module, boolean main, Path path, List<String> lines) {
    String name() {
      return path.getFileName().toString();
    }

    @Override
    public String toString() {
      return root().relativize(path).toString();
    }
  }

  static Path root() {
    return Path.of(Optional.ofNullable(System.getProperty("vigil.root")).orElse(".."))
        .toAbsolutePath()
        .normalize();
  }

  /// A file of this module, without comments and blank lines.
  static List<String> golden(String name) {
    return lines(root().resolve("tidy").resolve(name)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The modules there are: folders with a pom.
  static List<String> modules() {
    try (var folders = Files.list(root())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every Java file of every module.
  static List<Source> all() {
    return modules().stream()
        .flatMap(module -> Stream.concat(of(module, true), of(module, false)))
        .toList();
  }

  /// Every Java file that is shipped.
  static List<Source> shipped() {
    return all().stream().filter(Source::main).toList();
  }

  private static Stream<Source> of(String module, boolean main) {
    var folder = root().resolve(module).resolve(main ? "src/main/java" : "src/test/java");
    if (!Files.isDirectory(folder)) return Stream.empty();
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(file -> new Source(module, main, file, lines(file)))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

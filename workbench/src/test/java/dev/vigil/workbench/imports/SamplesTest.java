// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Exports that others published, where they lie beside the repository.
class SamplesTest {

  @Test
  void conditional_access_of_alexfilipin() {
    assertThat(carried(Origin.ENTRA, "entra-alexfilipin")).isGreaterThan(45);
  }

  @Test
  void conditional_access_of_j0eyv() {
    assertThat(carried(Origin.ENTRA, "entra-j0eyv")).isGreaterThan(25);
  }

  @Test
  void conditional_access_of_the_azure_samples() {
    assertThat(carried(Origin.ENTRA, "entra-azure-samples")).isGreaterThan(3);
  }

  @Test
  void conditional_access_of_the_hydration_kit() {
    assertThat(carried(Origin.ENTRA, "intune-hydrationkit")).isGreaterThan(10);
  }

  @Test
  void access_levels_of_the_foundation_fabric() {
    assertThat(carried(Origin.GOOGLE, "google-access-levels")).isGreaterThan(2);
  }

  @Test
  void access_levels_of_config_connector() {
    assertThat(carried(Origin.GOOGLE, "google-access-levels-kcc")).isEqualTo(1);
  }

  /// Imports a folder; everything in it must be carried over or named with reasons.
  ///
  /// @return how many items were not lost
  private static long carried(Origin origin, String folder) {
    var files = files(folder);
    var importing = Import.run(origin, files, new Import.Wishes(Optional.empty(), List.of()));
    var again =
        Import.run(origin, files.reversed(), new Import.Wishes(Optional.empty(), List.of()));
    assertThat(again).isEqualTo(importing);
    var imported = ((Importing.Done) importing).imported();
    assertThat(imported.items())
        .allSatisfy(item -> {
          if (!item.fate().whole()) assertThat(item.findings()).isNotEmpty();
          if (item.fate().written()) assertThat(item.rules()).isNotEmpty();
        });
    var totals = new ArrayList<String>();
    for (var fate : Fate.values()) totals.add(imported.count(fate) + " " + fate.says());
    System.getLogger("imports")
        .log(System.Logger.Level.INFO, folder + ": " + String.join(", ", totals));
    return imported.items().stream()
        .filter(item -> item.fate() != Fate.OTHER && item.fate() != Fate.NOT)
        .count();
  }

  private static List<SourceFile> files(String folder) {
    var samples =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .limit(5)
            .takeWhile(path -> path != null)
            .map(path -> path.resolve("shared/testdata").resolve(folder))
            .filter(Files::isDirectory)
            .findFirst();
    assumeTrue(samples.isPresent(), "the samples are not there");
    var root = samples.orElseThrow();
    try (var found = Files.walk(root)) {
      return found
          .filter(path -> path.toString().matches(".*\\.(json|yaml)"))
          .map(path -> new SourceFile(root.relativize(path).toString(), content(path)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

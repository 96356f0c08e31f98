// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that are only there for a while.
final class Folders {

  private Folders() {}

  /// Deletes a folder with all that is in it, as far as that is possible.
  static void delete(Path folder) {
    try (var entries = Files.walk(folder)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList())
        Files.deleteIfExists(entry);
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}

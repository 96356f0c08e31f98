// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder that goes away.
public final class Workplace implements AutoCloseable {

  private final Path path;

  public Workplace() throws IOException {
    this.path = Files.createTempDirectory("vigil-bench");
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }
}

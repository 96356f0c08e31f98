// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Fetches what is measured beside ours and is not on our own class path.
public final class Maven {

  private static final long PATIENCE_MINUTES = 5;

  private Maven() {}

  /// Runs one goal of a pom.
  ///
  /// @param log where to write what Maven says
  /// @throws IOException if it fails or takes longer than five minutes; the message names the log
  public static void run(Path pom, String goal, Path log) throws IOException, InterruptedException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    var maven =
        new ProcessBuilder("mvn", "-q", "-B", "-f", pom.toString(), goal)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) && maven.exitValue() == 0) return;
    } finally {
      maven.destroy();
    }
    throw new IOException("it could not be fetched; " + log + " says why");
  }
}

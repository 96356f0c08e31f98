// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small text file that was named on the command line.
///
/// @param wanted what it should hold, such as `a certificate in PEM`
record TextFile(Path path, String wanted) {

  private static final int KIB = 1024;

  /// What is in it.
  ///
  /// @param kib the most that it may hold, in KiB
  /// @throws Failure if it holds more, or cannot be read as text
  String read(int kib) {
    try {
      if (Files.size(path) > (long) kib * KIB)
        throw Failure.usage(
            "`" + path + "` is too large", "give " + wanted + ", at most " + kib + " KiB");
      return Files.readString(path);
    } catch (IOException e) {
      throw Failure.usage("`" + path + "` cannot be read", "give " + wanted);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The policy files of a folder: every `*.yaml` and `*.yml` in it, not in folders below.
final class PolicyFolder {

  private static final int MOST_FILES = 500;
  private static final long MOST_BYTES = 1024 * 1024;

  private PolicyFolder() {}

  /// Content by file name.
  static Map<String, String> read(Path folder) {
    var files = new TreeMap<String, String>();
    try (var entries = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      for (var file : entries) {
        if (!Files.isRegularFile(file)) continue;
        if (files.size() == MOST_FILES || Files.size(file) > MOST_BYTES) throw tooMuch(folder);
        files.put(String.valueOf(file.getFileName()), text(file));
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw Failure.usage(
          "`" + folder + "` cannot be read", "give the folder with your policy files");
    }
    if (files.isEmpty())
      throw Failure.usage(
          "`" + folder + "` holds no policies", "give the folder with your `*.yaml` files");
    return files;
  }

  private static Failure tooMuch(Path folder) {
    return Failure.usage(
        "`" + folder + "` holds more than policies may be",
        "keep at most 500 files of 1 MiB each in it");
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw Failure.usage("`" + file + "` is not UTF-8", "save it as UTF-8");
    }
  }
}

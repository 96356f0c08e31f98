// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.imports.Origin;
import dev.vigil.workbench.imports.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The files of an export: those that are named, and those of the folders that are named, with the
/// folders below them.
final class ExportFiles {

  private static final int MOST_FILES = 5_000;
  private static final int DEEPEST = 16;
  private static final long MOST_BYTES = 16L * 1024 * 1024;
  private static final long MOST_BYTES_TOGETHER = 128L * 1024 * 1024;

  private final Set<String> endings;
  private final List<SourceFile> files = new ArrayList<>();
  private long bytes;

  private ExportFiles(Origin origin) {
    this.endings =
        switch (origin) {
          case ENTRA -> Set.of("json");
          case GOOGLE -> Set.of("json", "yaml", "yml");
        };
  }

  static List<SourceFile> read(List<Path> paths, Origin origin) {
    var export = new ExportFiles(origin);
    for (var path : paths) {
      if (Files.isDirectory(path)) export.folder(path);
      else export.file(path, String.valueOf(path.getFileName()));
    }
    if (export.files.isEmpty())
      throw Failure.usage(
          "there are no files to import",
          "give files, or folders with `*."
              + String.join("` or `*.", export.endings.stream().sorted().toList())
              + "` files");
    return export.files;
  }

  /// One file that is no export, such as that of the names.
  static SourceFile one(Path path) {
    return new SourceFile(path.toString(), content(path));
  }

  private void folder(Path folder) {
    try (var found = Files.walk(folder, DEEPEST)) {
      found
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && wanted(path))
          .sorted()
          .forEach(path -> file(path, folder.relativize(path).toString()));
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder);
    }
  }

  private boolean wanted(Path path) {
    var name = String.valueOf(path.getFileName());
    return endings.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private void file(Path path, String name) {
    byte[] content = content(path);
    bytes += content.length;
    if (files.size() == MOST_FILES || bytes > MOST_BYTES_TOGETHER)
      throw Failure.usage(
          "that is more than an export can be",
          "import at most " + MOST_FILES + " files and 128 MiB at once");
    files.add(new SourceFile(name, content));
  }

  private static byte[] content(Path path) {
    try {
      if (Files.size(path) > MOST_BYTES)
        throw Failure.usage("`" + path + "` is larger than 16 MiB", "leave it out, or split it");
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw unreadable(path);
    }
  }

  private static Failure unreadable(Path path) {
    return Failure.usage("`" + path + "` cannot be read", "give files or folders that exist");
  }
}

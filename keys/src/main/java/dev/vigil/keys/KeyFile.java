// SPDX-License-Identifier: Apache-2.0
package dev.vigil.keys;

import dev.vigil.kernel.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The key store's place on disk: one file of mode 0600 in a folder of mode 0700, replaced whole
/// and never in place.
final class KeyFile {

  private static final long LARGEST = 1 << 20;
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final Path file;

  KeyFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("keys.p12");
  }

  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  Outcome<byte[]> read() {
    try {
      if (!within(folder, FOLDER) || !within(file, FILE))
        return Outcome.refused(KeyRefusal.TOO_OPEN);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST)
        return Outcome.refused(KeyRefusal.DAMAGED);
      return Outcome.done(Files.readAllBytes(file));
    } catch (IOException e) {
      return Outcome.refused(KeyRefusal.UNREADABLE);
    }
  }

  private static boolean within(Path path, Set<PosixFilePermission> most) throws IOException {
    return most.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  /// Replaces the file atomically; after a crash there is the old one or the new one.
  Outcome<Path> write(byte[] content) {
    try {
      if (!Files.exists(folder))
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      if (!within(folder, FOLDER)) return Outcome.refused(KeyRefusal.TOO_OPEN);
      var fresh = folder.resolve("keys.p12.new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(FILE));
      try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) channel.write(buffer);
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
      return Outcome.done(file);
    } catch (IOException e) {
      return Outcome.refused(KeyRefusal.UNREADABLE);
    }
  }
}

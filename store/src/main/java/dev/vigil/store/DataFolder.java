// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/// A data folder, held by one server at a time: `vigil.lock`, `vigil.format`, `vigil.db`,
/// `records/` and `keys/`. Everything in it is for the server's own account only.
public final class DataFolder implements AutoCloseable {

  /// The layout that this version writes; counted up whenever an older version could no longer read
  /// it.
  public static final int FORMAT = 1;

  private static final Pattern FORMAT_FILE =
      Pattern.compile("vigil data folder\nformat (\\d{1,6})\ndatabase (sqlite|postgresql)\n");

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// What the format file says.
  record Format(int version, String database) {}

  /// Opens or makes a data folder and locks it until [#close]. A folder of a newer version is not
  /// touched.
  public static Outcome<DataFolder> open(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var format = formatIn(folder);
      return format.then(known ->
          known.isPresent() && known.get().version() > FORMAT
              ? Outcome.refused(
                  StoreRefusal.FOLDER_NEWER,
                  "format " + known.get().version() + " in `" + folder + "`")
              : locked(folder));
    } catch (IOException e) {
      return Outcome.refused(StoreRefusal.FOLDER_UNUSABLE, "`" + folder + "`");
    }
  }

  private static Outcome<DataFolder> locked(Path folder) {
    try {
      var channel =
          FileChannel.open(
              folder.resolve("vigil.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (holds(channel)) return Outcome.done(new DataFolder(folder, channel));
      channel.close();
      return Outcome.refused(StoreRefusal.FOLDER_IN_USE, "`" + folder + "`");
    } catch (IOException e) {
      return Outcome.refused(StoreRefusal.FOLDER_UNUSABLE, "`" + folder + "`");
    }
  }

  private static boolean holds(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /// The format file of a folder; empty if the folder has none yet.
  static Outcome<Optional<Format>> formatIn(Path folder) {
    var file = folder.resolve("vigil.format");
    if (!Files.exists(file)) return Outcome.done(Optional.empty());
    try {
      var text =
          Files.size(file) > 1024
              ? ""
              : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      var match = FORMAT_FILE.matcher(text);
      if (!match.matches()) return Outcome.refused(StoreRefusal.FOLDER_UNKNOWN, "`" + folder + "`");
      return Outcome.done(
          Optional.of(new Format(Integer.parseInt(match.group(1)), match.group(2))));
    } catch (IOException e) {
      return Outcome.refused(StoreRefusal.FOLDER_UNUSABLE, "`" + folder + "`");
    }
  }

  /// Writes the format file, durably.
  void writeFormat(String database) throws IOException {
    var text = "vigil data folder\nformat " + FORMAT + "\ndatabase " + database + "\n";
    var fresh = path.resolve("vigil.format.new");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(fresh, path.resolve("vigil.format"), StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// The folder itself.
  public Path path() {
    return path;
  }

  /// Where the encrypted key store lies.
  public Path keys() {
    return path.resolve("keys");
  }

  /// Where the segments of decision records lie.
  public Path records() {
    return path.resolve("records");
  }

  /// SQLite's file.
  Path database() {
    return path.resolve("vigil.db");
  }

  /// Lets another server have the folder.
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(
          "the lock of the data folder could not be given back", e);
    }
  }
}

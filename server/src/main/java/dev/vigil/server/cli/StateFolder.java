// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The folder with the sign-in: its owner alone may read it, and one command at a time renews it.
final class StateFolder {

  private static final String FILE = "sign-in.json";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;

  StateFolder(Path folder) {
    this.folder = folder;
  }

  /// The sign-in; empty if there is none.
  Optional<SignedIn> load() {
    var file = folder.resolve(FILE);
    try {
      var permissions = Files.getPosixFilePermissions(file);
      if (!EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
          .containsAll(permissions)) {
        throw new Failure(
            Exit.REFUSED,
            "the kept sign-in is not used",
            "others on this machine may read `" + file + "`",
            "remove it and run `vigil login`");
      }
      return Optional.of(SignedIn.read(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          Exit.REFUSED,
          "the kept sign-in cannot be read",
          "`" + file + "` is not as it was written",
          "remove it and run `vigil login`");
    }
  }

  /// Replaces the sign-in; a crash leaves the old or the new one.
  void save(SignedIn signedIn) {
    try {
      Files.createDirectories(folder, OWNER_FOLDER);
      var draft = Files.createTempFile(folder, "sign-in", ".tmp", OWNER_ONLY);
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(signedIn.write().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) channel.write(bytes);
        channel.force(true);
      }
      Files.move(
          draft,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite();
    }
  }

  private Failure cannotWrite() {
    return new Failure(
        Exit.REFUSED,
        "the sign-in cannot be kept",
        "`" + folder + "` cannot be written",
        "check who owns the folder and whether the disk is full");
  }

  /// Forgets the sign-in; whether there was one.
  boolean clear() {
    try {
      return Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw cannotWrite();
    }
  }

  /// Runs while no other command does.
  <T> T alone(Supplier<T> body) {
    try {
      Files.createDirectories(folder, OWNER_FOLDER);
      try (var channel =
              FileChannel.open(
                  folder.resolve("lock"),
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  OWNER_ONLY);
          var lock = channel.lock()) {
        if (!lock.isValid()) throw cannotWrite();
        return body.get();
      }
    } catch (IOException e) {
      throw cannotWrite();
    }
  }
}

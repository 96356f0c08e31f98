// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bouncycastle.cms.CMSException;

/// Brings a [Backup] back into an empty folder: whole, or not at all.
public final class Restore {

  private static final Pattern NAME =
      Pattern.compile(
          "vigil\\.format|vigil\\.db|complete|records/w\\d{2}-\\d{10}\\.seg|keys/[A-Za-z0-9_][A-Za-z0-9._-]{0,100}");
  private static final Set<String> NEEDED = Set.of("vigil.format", "vigil.db", Backup.LAST);

  private Restore() {}

  /// Restores into a folder that is empty or not there yet. It appears there only once all of it
  /// was read and proved unchanged.
  public static Outcome<Path> into(Path folder, Path backup, Secret password) {
    try {
      if (!emptyOrMissing(folder))
        return Outcome.refused(BackupRefusal.FOLDER_NOT_EMPTY, "`" + folder + "`");
      var place = folder.toAbsolutePath();
      var parent = place.getParent() == null ? place : place.getParent();
      Files.createDirectories(parent);
      var staging =
          Files.createTempDirectory(
              parent,
              ".restoring-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        return staged(backup, password, staging).then(_ -> moved(staging, folder));
      } finally {
        delete(staging);
      }
    } catch (IOException e) {
      return Outcome.refused(BackupRefusal.NOT_WRITTEN, "`" + folder + "`");
    }
  }

  private static boolean emptyOrMissing(Path folder) throws IOException {
    if (!Files.exists(folder)) return true;
    if (!Files.isDirectory(folder)) return false;
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /// The library that opens sealed files tells of damage by exceptions of many kinds; all of them
  /// mean the same here.
  private static Outcome<Path> staged(Path backup, Secret password, Path staging)
      throws IOException {
    if (!SealedFile.endsWhole(backup))
      return Outcome.refused(BackupRefusal.DAMAGED, "`" + backup + "`");
    try (var file = new BufferedInputStream(Files.newInputStream(backup))) {
      InputStream content;
      try {
        content = SealedFile.open(file, password);
      } catch (CMSException | IOException | RuntimeException e) {
        return Outcome.refused(BackupRefusal.WRONG_PASSWORD, "`" + backup + "`");
      }
      try {
        return unpack(content, staging)
            ? Outcome.done(staging)
            : Outcome.refused(BackupRefusal.DAMAGED, "`" + backup + "`");
      } catch (IOException | RuntimeException e) {
        return Outcome.refused(BackupRefusal.DAMAGED, "`" + backup + "`");
      }
    }
  }

  private static boolean unpack(InputStream content, Path staging) throws IOException {
    var seen = new HashSet<String>();
    var zip = new ZipInputStream(content);
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!NAME.matcher(entry.getName()).matches() || !seen.add(entry.getName())) return false;
      write(zip, entry, staging);
    }
    // To the very end and beyond: only there is the seal of the whole checked.
    content.transferTo(java.io.OutputStream.nullOutputStream());
    content.close();
    return seen.containsAll(NEEDED);
  }

  private static void write(ZipInputStream zip, ZipEntry entry, Path staging) throws IOException {
    if (entry.getName().equals(Backup.LAST)) return;
    var file = staging.resolve(entry.getName());
    if (file.getParent() != null)
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      zip.transferTo(java.nio.channels.Channels.newOutputStream(channel));
      channel.force(true);
    }
  }

  private static Outcome<Path> moved(Path staging, Path folder) {
    try {
      Files.deleteIfExists(folder);
      Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
      return Outcome.done(folder);
    } catch (IOException e) {
      return Outcome.refused(BackupRefusal.NOT_WRITTEN, "`" + folder + "`");
    }
  }

  private static void delete(Path staging) throws IOException {
    if (!Files.exists(staging)) return;
    try (var files = Files.walk(staging)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}

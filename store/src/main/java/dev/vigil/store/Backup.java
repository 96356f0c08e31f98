// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import dev.vigil.store.SegmentScan.Step;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Makes a backup of a data folder while its server runs: the truth at one moment, the decision
/// records up to a committed one, and the encrypted key store, in one sealed file. [Restore] brings
/// it back.
public final class Backup {

  /// The last entry: what ends with it is whole.
  static final String LAST = "complete";

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Path target;

  private Backup(Path folder, Path target) {
    this.folder = folder;
    this.target = target;
  }

  /// Backs a live or resting data folder up into a new file. The password is needed to restore it
  /// and kept nowhere.
  public static Outcome<Path> create(Path folder, Path target, Secret password, Entropy entropy) {
    if (Files.exists(target))
      return Outcome.refused(BackupRefusal.TARGET_EXISTS, "`" + target + "`");
    return DataFolder.formatIn(folder)
        .then(format -> {
          if (format.isEmpty())
            return Outcome.refused(BackupRefusal.NOT_A_DATA_FOLDER, "`" + folder + "`");
          if (!format.get().database().equals(new Database.Sqlite().label()))
            return Outcome.refused(BackupRefusal.TRUTH_ELSEWHERE);
          return new Backup(folder, target).create(password, entropy);
        });
  }

  private Outcome<Path> create(Secret password, Entropy entropy) {
    var part = target.resolveSibling(target.getFileName() + ".part");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      try {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        try (var zip = new ZipOutputStream(SealedFile.seal(out, password, entropy))) {
          writeAll(zip);
        }
        out.flush();
        channel.force(true);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return Outcome.done(target);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | SQLException e) {
      return Outcome.refused(BackupRefusal.NOT_WRITTEN, "`" + target + "`");
    }
  }

  /// Keys last, so that no key is missing that the truth names.
  private void writeAll(ZipOutputStream zip) throws IOException, SQLException {
    copy(zip, folder.resolve("vigil.format"), "vigil.format");
    writeTruth(zip);
    var records = folder.resolve("records");
    for (var file : files(records)) {
      var segment = Segment.named(file);
      if (segment.isPresent() && file.toString().endsWith(".seg"))
        writeSegment(zip, records, segment.get());
    }
    for (var file : files(folder.resolve("keys"))) copy(zip, file, "keys/" + file.getFileName());
    zip.putNextEntry(new ZipEntry(LAST));
    zip.closeEntry();
  }

  /// SQLite itself writes a consistent copy while the server goes on; it lies in the data folder
  /// for that moment.
  private void writeTruth(ZipOutputStream zip) throws IOException, SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + folder.resolve("vigil.db").toAbsolutePath());
    var work = Files.createTempDirectory(folder, "backup-");
    var copy = work.resolve("vigil.db");
    try {
      try (var connection = source.getConnection();
          var statement = connection.prepareStatement("VACUUM INTO ?")) {
        statement.setString(1, copy.toString());
        statement.executeUpdate();
      }
      copy(zip, copy, "vigil.db");
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(work);
    }
  }

  /// A segment that is being written is copied up to its last whole record and ended there.
  private static void writeSegment(ZipOutputStream zip, Path records, Segment segment)
      throws IOException {
    var file = segment.in(records);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var scan = new SegmentScan(channel, segment, Segment.HEADER);
      Step step = scan.next();
      while (step instanceof Step.Frame) step = scan.next();
      zip.putNextEntry(new ZipEntry("records/" + file.getFileName()));
      copy(channel, step instanceof Step.Damaged ? channel.size() : scan.position(), zip);
      if (!(step instanceof Step.Damaged))
        zip.write(ByteBuffer.allocate(Segment.FRAME_HEADER).putInt(0, Segment.END).array());
      zip.closeEntry();
    }
  }

  private static void copy(FileChannel channel, long length, OutputStream out) throws IOException {
    var buffer = ByteBuffer.allocate(BUFFER);
    for (long at = 0; at < length; ) {
      int read = channel.read(buffer.clear().limit((int) Math.min(BUFFER, length - at)), at);
      if (read < 0) throw new IOException("a segment became shorter");
      out.write(buffer.array(), 0, read);
      at += read;
    }
  }

  private static void copy(ZipOutputStream zip, Path file, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}

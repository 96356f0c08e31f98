// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that only the server's own account can read.
final class OwnerFile {

  private OwnerFile() {}

  /// Makes a new file of mode 0600, on disk when this returns.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if there is one of this name
  static void create(Path file, byte[] content) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, owner)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
  }
}

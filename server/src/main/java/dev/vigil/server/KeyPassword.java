// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;

/// The password of the key store: in a file that only its owner can read, outside the data folder.
public final class KeyPassword {

  private KeyPassword() {}

  /// The file cannot be used; the message says why and what to do.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  /// Reads the password, or makes one where there is neither a file nor a key store that it would
  /// have to open.
  ///
  /// @throws Unusable if the file is missing though keys exist, is readable by others, or is empty
  public static Secret of(Path file, Path keys, Entropy entropy) throws IOException {
    if (!Files.exists(file)) {
      if (Files.exists(keys)) {
        throw new Unusable(
            "`"
                + file
                + "` is missing, and without it the key store in `"
                + keys
                + "` cannot be opened; put it back, or restore a backup");
      }
      write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(32)));
    }
    var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    if (!others.isEmpty())
      throw new Unusable(
          "`" + file + "` can be read or run by more than its owner; run: chmod 600 " + file);
    byte[] content = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    if (content.length == 0)
      throw new Unusable("`" + file + "` is empty; put the key store's password back");
    return Secret.of(content);
  }

  private static void write(Path file, String password) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      channel.write(java.nio.ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }
}

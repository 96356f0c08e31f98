// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;

/// The password of the key store: in a file that only its owner can read, outside the data folder.
public final class KeyPassword {

  private KeyPassword() {}

  /// Reads the password, or makes one where there is neither a file nor a key store that it would
  /// have to open.
  ///
  /// @throws StartRefused if the file is missing though keys exist, is readable by others, or is
  ///   empty
  public static Secret of(Path file, Path keys, Entropy entropy) throws IOException {
    if (!Files.exists(file)) {
      if (Files.exists(keys)) {
        throw new StartRefused(
            "`"
                + file
                + "` is missing, and without it the key store in `"
                + keys
                + "` cannot be opened",
            "put the file back, or name it as `keys.password-file`; or restore a backup");
      }
      OwnerFile.create(
          file,
          (Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(32)) + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    return existing(file);
  }

  /// Reads a password that must be there.
  ///
  /// @throws StartRefused if the file is missing, is readable by others, or is empty
  static Secret existing(Path file) throws IOException {
    if (!Files.isRegularFile(file))
      throw new StartRefused("there is no password file `" + file + "`", "check its path");
    var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    if (!others.isEmpty())
      throw new StartRefused(
          "`" + file + "` can be read or run by more than its owner", "run: chmod 600 " + file);
    byte[] content = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
    if (content.length == 0)
      throw new StartRefused("`" + file + "` is empty", "put the password back into it");
    return Secret.of(content);
  }
}

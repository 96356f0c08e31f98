// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Changes;
import dev.vigil.admission.signin.FirstAdministrator;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/// The one-time link for the first administrator: in a file that only the server's account can
/// read, never in a log.
final class FirstLink {

  private FirstLink() {}

  /// Makes a link, unless an administrator has ever existed.
  static Optional<URI> make(Changes changes, URI pages) {
    return switch (new FirstAdministrator(changes).offer()) {
      case Outcome.Done<Secret>(Secret secret) ->
          Optional.of(URI.create(pages + "/administrator#" + Bytes.of(secret.reveal())));
      case Outcome.Refused<Secret> _ -> Optional.empty();
    };
  }

  /// Writes the link into a file of mode 0600, replacing an older one.
  static Path write(Path folder, URI link) throws IOException {
    var file = folder.resolve("first-administrator.link");
    Files.deleteIfExists(file);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        Files.newByteChannel(
            file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      channel.write(java.nio.ByteBuffer.wrap((link + "\n").getBytes(StandardCharsets.UTF_8)));
    }
    return file;
  }
}

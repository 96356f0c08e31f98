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
import java.util.Optional;

/// Links that make an administrator: each in a file that only the server's account can read, never
/// in a log.
final class OneTimeLink {

  private static final String FIRST = "first-administrator.link";
  private static final String RECOVERY = "administrator-recovery.link";

  private OneTimeLink() {}

  /// Makes a link for the first administrator, unless one has ever existed.
  static Optional<URI> first(Changes changes, URI pages) {
    return switch (new FirstAdministrator(changes).offer()) {
      case Outcome.Done<Secret>(Secret secret) ->
          Optional.of(URI.create(pages + "/administrator#" + Bytes.of(secret.reveal())));
      case Outcome.Refused<Secret> _ -> Optional.empty();
    };
  }

  /// Leaves the data folder with this link for the first administrator in a file, or without one.
  static Optional<Path> keepFirst(Path folder, Optional<URI> link) throws IOException {
    var file = folder.resolve(FIRST);
    Files.deleteIfExists(file);
    if (link.isEmpty()) return Optional.empty();
    return Optional.of(written(file, link.get()));
  }

  /// Writes a link for an administrator who lost every passkey, replacing an older one.
  static Path keepRecovery(Path folder, URI link) throws IOException {
    var file = folder.resolve(RECOVERY);
    Files.deleteIfExists(file);
    return written(file, link);
  }

  private static Path written(Path file, URI link) throws IOException {
    OwnerFile.create(file, (link + "\n").getBytes(StandardCharsets.UTF_8));
    return file;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.Outcome;
import dev.vigil.keys.Founding;
import dev.vigil.keys.KeyRing;
import dev.vigil.server.cli.Context;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.store.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil restore`: brings a backup back into a new folder, whole or not at all.
@Command(
    name = "restore",
    description = "bring a backup back into a folder that is empty or not there yet",
    footer = {
      "",
      "The keys in the backup are still sealed with the key store's password of the server that",
      "was backed up; the restored folder starts with that password only.",
      "",
      "Example:",
      "  vigil restore /backups/vigil-monday.backup --data /srv/vigil --password-file"
          + " /etc/vigil/key-password"
    })
final class RestoreCommand extends LocalCommand {

  @Parameters(paramLabel = "FILE", description = "the backup")
  Path file = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER",
      description = "the folder to restore into")
  Path data = Path.of("");

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "holds the password of the backup (default: FOLDER.key-password)")
  Optional<Path> passwordFile = Optional.empty();

  RestoreCommand(Context context) {
    super(context, "nothing was restored");
  }

  @Override
  void run() throws IOException {
    if (!Files.isReadable(file))
      throw refused("`" + file + "` cannot be read", "check the path of the backup");
    var folder = data.toAbsolutePath().normalize();
    var beside =
        ConfigurationReader.defaults(Path.of("").toAbsolutePath()).in(folder).keyPasswordFile();
    var password = passwordFile.map(Path::toAbsolutePath).orElse(beside);
    var secret = KeyPassword.existing(password);
    Progress.of(
        context, "restoring", () -> Foundation.required(Restore.into(folder, file, secret)));
    boolean opens = opens(folder, password);
    var line = object().put("restored", folder.toString()).put("key_password_found", opens);
    if (opens) line.put("key_password_file", password.toString());
    answer(line, "`" + folder + "` holds all of `" + file + "`.", keys(opens, password), start());
  }

  /// Whether the key store that came out of the backup opens with this password.
  private boolean opens(Path folder, Path password) throws IOException {
    var keys = folder.resolve("keys");
    if (!Files.isDirectory(keys)) return false;
    var opened =
        KeyRing.open(
            keys,
            KeyPassword.existing(password),
            new Founding("Vigil", List.of("localhost")),
            context.time(),
            context.entropy());
    return opened instanceof Outcome.Done<KeyRing>;
  }

  private static String keys(boolean opens, Path password) {
    return opens
        ? "  keys   open with the password in "
            + password
            + "; the configuration names it as `keys.password-file`"
        : "  keys   need the key store's password of the server that was backed up: put it into a"
            + " file of mode 0600 and name it as `keys.password-file` in the configuration";
  }

  private String start() {
    return "  start  vigil server --config FILE, with `data.folder: "
        + data.toAbsolutePath().normalize()
        + "` in FILE";
  }
}

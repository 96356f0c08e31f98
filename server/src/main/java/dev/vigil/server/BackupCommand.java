// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import dev.vigil.store.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil backup`: one sealed file with everything a server needs, made while it runs.
@Command(
    name = "backup",
    description = "back a data folder up into one sealed file, while its server runs or rests",
    footer = {
      "",
      "The file opens with the password of the key store unless you name another. Keep the",
      "password apart from the backup, and keep it: nobody can open the file without it.",
      "",
      "Example:",
      "  vigil backup /backups/vigil-monday.backup --config /etc/vigil/vigil.yaml"
    })
final class BackupCommand extends LocalCommand {

  @Mixin Place place = new Place();

  @Parameters(paramLabel = "FILE", description = "the backup to make; must not be there yet")
  Path file = Path.of("");

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "holds the password to seal with (default: the key store's)")
  Optional<Path> passwordFile = Optional.empty();

  BackupCommand(Context context) {
    super(context, "no backup was made");
  }

  @Override
  void run() throws IOException {
    var configuration = place.installed();
    var password = passwordFile.orElse(configuration.keyPasswordFile());
    var secret = KeyPassword.existing(password);
    var made =
        Progress.of(
            context,
            "backing up",
            () ->
                Foundation.required(
                    Backup.create(
                        configuration.dataFolder(),
                        file.toAbsolutePath(),
                        secret,
                        context.entropy())));
    long bytes = Files.size(made);
    answer(
        object()
            .put("backup", made.toString())
            .put("bytes", bytes)
            .put("password_file", password.toString()),
        "`" + made + "` holds all of `" + configuration.dataFolder() + "`, " + bytes + " bytes.",
        "  opens with  the password in " + password,
        "  restore     vigil restore " + made + " --data NEW-FOLDER");
  }
}

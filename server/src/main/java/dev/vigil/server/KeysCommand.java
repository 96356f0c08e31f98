// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Actor;
import dev.vigil.admission.administration.SigningKeys;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.keys.KeyPurpose;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import dev.vigil.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil keys` on the server's own machine: also what is done while the server rests.
final class KeysCommand extends dev.vigil.server.cli.KeysCommand {

  private static final int LARGEST_EXPORT = 1 << 20;

  KeysCommand(Context context) {
    super(context);
  }

  @Override
  protected List<Object> commands() {
    return List.of(
        new All(context),
        new ExportRoot(context),
        new RemoveRoot(context),
        new RestoreRoot(context),
        new RotateHere(context));
  }

  /// One act on the keys, recorded as an event.
  abstract static class OnKeys extends LocalCommand {

    @Mixin Place place = new Place();

    OnKeys(Context context, String otherwise) {
      super(context, otherwise);
    }

    abstract void run(Configuration configuration, Foundation foundation) throws IOException;

    @Override
    final void run() throws IOException {
      var configuration = place.installed();
      var machine = new Machine(context.time(), context.entropy());
      try (var foundation = Foundation.open(configuration, machine)) {
        run(configuration, foundation);
      }
    }

    static void record(Foundation foundation, String type, KeyPurpose purpose) {
      foundation
          .changes()
          .commit(
              Actor.SYSTEM,
              work ->
                  work.note(
                      type, "`vigil keys` on the machine itself", Map.of("key", purpose.label())));
    }
  }

  /// An act for which the export of the root key is needed.
  abstract static class WithExport extends OnKeys {

    @Parameters(paramLabel = "FILE", description = "the root key's export, PKCS#12")
    Path file = Path.of("");

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "holds the export's password (default: the key store's)")
    Optional<Path> passwordFile = Optional.empty();

    WithExport(Context context, String otherwise) {
      super(context, otherwise);
    }

    Path passwordFile(Configuration configuration) {
      return passwordFile.orElse(configuration.keyPasswordFile());
    }

    final Secret password(Configuration configuration) throws IOException {
      return KeyPassword.existing(passwordFile(configuration));
    }

    final Bytes export() throws IOException {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_EXPORT)
        throw refused(
            "`" + file + "` is not an export", "name the file of `vigil keys export-root`");
      return Bytes.of(Files.readAllBytes(file));
    }
  }

  @Command(
      name = "export-root",
      description = "write the root key into a file to be kept elsewhere",
      footer = {
        "",
        "The file is PKCS#12. In it, the password is the base64 of the password file's content.",
        "",
        "Example:",
        "  vigil keys export-root /media/stick/vigil-root.p12 --password-file"
            + " /media/stick/password"
      })
  static final class ExportRoot extends WithExport {
    ExportRoot(Context context) {
      super(context, "the root key was not exported");
    }

    @Override
    void run(Configuration configuration, Foundation foundation) throws IOException {
      if (Files.exists(file))
        throw refused("there is a file `" + file + "` already", "name one that is not there yet");
      var keys = foundation.keys();
      OwnerFile.create(
          file, Foundation.required(keys.exportRoot(password(configuration))).toArray());
      record(foundation, "key-exported", KeyPurpose.ROOT);
      answer(
          object()
              .put("export", file.toString())
              .put("password_file", passwordFile(configuration).toString()),
          "`" + file + "` holds the root key.",
          "  opens with  the password in " + passwordFile(configuration),
          "  next        keep file and password apart; then `vigil keys remove-root " + file + "`");
    }
  }

  @Command(
      name = "remove-root",
      description = "remove the root key from this machine, once its export proves good",
      footer = {
        "",
        "The server runs on without it; only new authorities and a new certificate for the server",
        "itself need it, then restore it for that while.",
        "",
        "Example:",
        "  vigil keys remove-root /media/stick/vigil-root.p12 --password-file"
            + " /media/stick/password"
      })
  static final class RemoveRoot extends WithExport {
    RemoveRoot(Context context) {
      super(context, "the root key was not removed");
    }

    @Override
    void run(Configuration configuration, Foundation foundation) throws IOException {
      var keys = foundation.keys();
      var export = export();
      var password = password(configuration);
      Foundation.required(keys.checkExport(export, password).then(_ -> keys.removeRoot()));
      record(foundation, "key-removed", KeyPurpose.ROOT);
      answer(
          object().put("removed", KeyPurpose.ROOT.label()).put("export", file.toString()),
          "the root key is not on this machine any more; `" + file + "` brings it back.");
    }
  }

  @Command(
      name = "restore-root",
      description = "bring the root key back from its export",
      footer = {
        "",
        "Example:",
        "  vigil keys restore-root /media/stick/vigil-root.p12 --password-file"
            + " /media/stick/password"
      })
  static final class RestoreRoot extends WithExport {
    RestoreRoot(Context context) {
      super(context, "the root key was not restored");
    }

    @Override
    void run(Configuration configuration, Foundation foundation) throws IOException {
      Foundation.required(foundation.keys().restoreRoot(export(), password(configuration)));
      record(foundation, "key-restored", KeyPurpose.ROOT);
      answer(
          object().put("restored", KeyPurpose.ROOT.label()),
          "the root key is on this machine again.",
          "  next  rotate what you came for, then `vigil keys remove-root " + file + "`");
    }
  }

  /// With `--config` or `--data` on a server that rests, otherwise on the running one.
  @Command(
      name = "rotate",
      description = "make a new key for a purpose and sign with it from now on")
  static final class RotateHere extends Rotate {

    @Mixin Place place = new Place();

    RotateHere(Context context) {
      super(context);
    }

    @Override
    protected Exit perform() throws IOException {
      if (place.config.isEmpty() && place.data.isEmpty()) return super.perform();
      try {
        rotate();
        return Exit.DONE;
      } catch (StartRefused refused) {
        throw new Failure(
            Exit.REFUSED,
            "no key was rotated",
            String.valueOf(refused.getMessage()),
            refused.next());
      }
    }

    private void rotate() throws IOException {
      var former = distrust ? SigningKeys.Former.DISTRUSTED : SigningKeys.Former.STILL_BELIEVED;
      var machine = new Machine(context.time(), context.entropy());
      try (var foundation = Foundation.open(place.installed(), machine)) {
        Foundation.required(foundation.keyAdministration().rotate(purpose, former));
      }
      if (json)
        context
            .terminal()
            .line(
                LocalCommand.object()
                    .put("rotated", purpose)
                    .put("old_key_distrusted", distrust)
                    .toString());
      else
        context
            .terminal()
            .line("`" + purpose + "` has a new key; it signs once the server runs again.");
    }
  }
}

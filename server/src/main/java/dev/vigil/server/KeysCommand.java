// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Actor;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Secret;
import dev.vigil.keys.KeyPurpose;
import dev.vigil.keys.KeyRing;
import dev.vigil.server.Foundation.Machine;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import dev.vigil.server.cli.GroupOfCommands;
import dev.vigil.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil keys`: the signing keys of a server that rests.
@Command(
    name = "keys",
    description = "the server's signing keys; stop the server first",
    footer = {"", "Example:", "  vigil keys export-root /media/stick/vigil-root.p12"})
final class KeysCommand extends GroupOfCommands {

  private static final int LARGEST_EXPORT = 1 << 20;

  private final Context context;

  KeysCommand(Context context) {
    this.context = context;
  }

  @Override
  protected List<Object> commands() {
    return List.of(
        new ExportRoot(context),
        new RemoveRoot(context),
        new RestoreRoot(context),
        new Rotate(context));
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

  @Command(
      name = "rotate",
      description = "make a new key for a purpose and sign with it from now on",
      footer = {
        "",
        "Purposes: device-authority, partner-authority, workload-authority, server, access-tokens,",
        "identity-assertions, id-tokens, saml, client-assertions. What the old key signed is"
            + " believed until it expires; with an",
        "authority, certificates that it issued are refused at once and their owners enrol anew.",
        "",
        "Example:",
        "  vigil keys rotate access-tokens"
      })
  static final class Rotate extends OnKeys {

    @Parameters(paramLabel = "PURPOSE", description = "whose key, such as `access-tokens`")
    String purpose = "";

    @Option(
        names = "--distrust",
        description = "believe nothing that the old key signed, as after a theft")
    boolean distrust;

    @Option(
        names = "--cut-off-clients",
        description = "needed for an authority: its clients must enrol anew")
    boolean cutOff;

    Rotate(Context context) {
      super(context, "no key was rotated");
    }

    @Override
    void run(Configuration configuration, Foundation foundation) {
      var wanted = purpose();
      if (isAuthority(wanted) && !cutOff)
        throw refused(
            "every certificate that this authority issued would be refused from the next start on",
            "add `--cut-off-clients` if its clients shall enrol anew");
      var old = distrust ? KeyRing.Old.DISTRUSTED : KeyRing.Old.STILL_VERIFIES;
      Foundation.required(foundation.keys().rotate(wanted, old));
      record(foundation, distrust ? "key-distrusted" : "key-rotated", wanted);
      answer(
          object().put("rotated", wanted.label()).put("old_key_distrusted", distrust),
          "`" + wanted.label() + "` has a new key; it signs once the server runs again.");
    }

    private KeyPurpose purpose() {
      return Arrays.stream(KeyPurpose.values())
          .filter(one -> one.label().equals(purpose))
          .findFirst()
          .orElseThrow(() ->
              new Failure(
                  Exit.USAGE,
                  "there is no key for `" + purpose + "`",
                  "",
                  "name one of "
                      + Arrays.stream(KeyPurpose.values())
                          .filter(one -> one != KeyPurpose.ROOT)
                          .map(KeyPurpose::label)
                          .collect(Collectors.joining(", "))));
    }

    private static boolean isAuthority(KeyPurpose purpose) {
      return switch (purpose) {
        case DEVICE_AUTHORITY, PARTNER_AUTHORITY, WORKLOAD_AUTHORITY -> true;
        case ROOT,
            SERVER,
            ACCESS_TOKENS,
            IDENTITY_ASSERTIONS,
            ID_TOKENS,
            CLIENT_ASSERTIONS,
            SAML,
            SCEP_RA ->
            false;
      };
    }
  }
}

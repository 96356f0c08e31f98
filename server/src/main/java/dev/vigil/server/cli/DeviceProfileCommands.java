// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import static dev.vigil.server.cli.AdminCommand.moment;
import static dev.vigil.server.cli.AdminCommand.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The commands of `vigil device` that prepare devices under management.
final class DeviceProfileCommands {

  private DeviceProfileCommands() {}

  static List<Object> all(Context context) {
    return List.of(new Grant(context), new Profile(context));
  }

  /// What a right is given for.
  static final class Right {
    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "what the device will be listed as")
    Optional<String> name = Optional.empty();

    @Option(
        names = "--serial",
        paramLabel = "TEXT",
        description =
            "the serial number or other identifier that the device's attestation must say (ACME"
                + " only)")
    Optional<String> serial = Optional.empty();

    @Option(
        names = "--hours",
        paramLabel = "HOURS",
        description = "how long the right lasts, 1 to 720 (default: ${DEFAULT-VALUE})",
        defaultValue = "72")
    long hours = 72;

    ObjectNode into(ObjectNode content) {
      name.ifPresent(text -> content.put("name", text));
      serial.ifPresent(text -> content.put("permanent_identifier", text));
      return content.put("hours", hours);
    }
  }

  @Command(
      name = "grant",
      description =
          "give a device without the SDK the right to be enrolled, once; prints the secret that its"
              + " profile carries",
      footer = {
        "",
        "Example:",
        "  vigil device grant alice@bank.example --protocol acme --serial F2LX0001 --reason"
            + " \"new iPhone\""
      })
  static final class Grant extends ChangeCommand {
    @Parameters(paramLabel = "USER", description = "whose device it will be: user name or id")
    String user = "";

    @Option(
        names = "--protocol",
        paramLabel = "PROTOCOL",
        description = "acme, scep or est (default: ${DEFAULT-VALUE})",
        defaultValue = "acme")
    String protocol = "acme";

    @ArgGroup(exclusive = false)
    Right right = new Right();

    Grant(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      var content = right.into(because().put("user", user).put("protocol", protocol));
      var answer = api.post("no right was given", "/device-grants", content);
      show(
          answer,
          terminal -> {
            terminal.line(
                "The device may be enrolled once, until "
                    + moment(answer, "expires_at")
                    + ". Its profile needs this secret, which is not shown again:");
            terminal.line("  " + text(answer, "secret"));
            terminal.line("and this server:");
            terminal.line("  " + text(answer, "server"));
          });
    }
  }

  @Command(
      name = "profile",
      description =
          "a profile for a device management product: Apple's with a new right in it, or the"
              + " managed configuration of an Android app",
      footer = {
        "",
        "Example:",
        "  vigil device profile --apple alice@bank.example --serial F2LX0001 --out"
            + " alice.mobileconfig --reason \"new iPhone\"",
        "",
        "Example:",
        "  vigil device profile --android com.example.bank --out bank.json"
      })
  static final class Profile extends ChangeCommand {
    /// Which kind.
    static final class Kind {
      @Option(
          names = "--apple",
          paramLabel = "USER",
          description = "a .mobileconfig for a device of this person")
      Optional<String> apple = Optional.empty();

      @Option(
          names = "--android",
          paramLabel = "PACKAGE",
          description = "the managed configuration of the app with this package name")
      Optional<String> android = Optional.empty();
    }

    @ArgGroup Kind kind = new Kind();

    @Option(
        names = "--protocol",
        paramLabel = "PROTOCOL",
        description = "with --apple: acme or scep (default: ${DEFAULT-VALUE})",
        defaultValue = "acme")
    String protocol = "acme";

    @Option(
        names = "--organization",
        paramLabel = "TEXT",
        description = "with --apple: as people see it in the device's settings")
    Optional<String> organization = Optional.empty();

    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "with --android: who will sign in, as a suggestion")
    Optional<String> user = Optional.empty();

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description =
            "a new file that only you can read; without it the profile is printed. Apple's holds a"
                + " secret")
    Optional<Path> out = Optional.empty();

    @ArgGroup(exclusive = false)
    Right right = new Right();

    Profile(Context context) {
      super(context);
    }

    @Override
    void run(Api api) {
      if (kind.apple.isEmpty() && kind.android.isEmpty())
        throw Failure.usage(
            "a profile is for something", "add `--apple USER` or `--android PACKAGE`");
      var answer = kind.apple.isPresent() ? apple(api, kind.apple.get()) : android(api);
      if (out.isEmpty()) {
        show(answer, terminal -> terminal.line(text(answer, "content").stripTrailing()));
      } else {
        written(out.get(), text(answer, "content"));
        show(answer, "The profile is in `" + out.get() + "`" + until(answer));
      }
    }

    private static String until(JsonNode answer) {
      return answer.has("expires_at")
          ? "; the right in it lasts until " + moment(answer, "expires_at") + "."
          : ".";
    }

    private JsonNode apple(Api api, String owner) {
      var content = right.into(because().put("user", owner).put("protocol", protocol));
      organization.ifPresent(text -> content.put("organization", text));
      return api.post("no profile was made", "/device-profiles/apple", content);
    }

    private JsonNode android(Api api) {
      return api.get(
          "no configuration was made",
          "/device-profiles/android",
          Map.of("package", kind.android.orElse(""), "user", user.orElse("")));
    }

    private static void written(Path file, String content) {
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      try {
        Files.writeString(Files.createFile(file, owner), content);
      } catch (FileAlreadyExistsException e) {
        throw Failure.usage("`" + file + "` is there already", "give a new file's name");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

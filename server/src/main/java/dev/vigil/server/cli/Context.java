// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import dev.vigil.server.SystemTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// What the machine lends to the command line.
///
/// @param folder where the sign-in is kept between commands
public record Context(
    Terminal terminal, Path folder, TimeSource time, Entropy entropy, Opener opener) {

  /// Shows an address in the person's browser. A port.
  @FunctionalInterface
  public interface Opener {

    /// Whether a browser could be started.
    boolean open(URI page);
  }

  /// The real one.
  public static Context ofProcess() {
    return new Context(
        Terminal.ofProcess(),
        folder(System.getenv(), Path.of(System.getProperty("user.home"))),
        new SystemTime(),
        SystemTime.entropy(),
        Context::browse);
  }

  /// `$XDG_CONFIG_HOME/vigil`, or `~/.config/vigil`.
  static Path folder(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var base = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
    return base.resolve("vigil");
  }

  private static boolean browse(URI page) {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    try {
      var command = new ProcessBuilder(mac ? "open" : "xdg-open", page.toString());
      command
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

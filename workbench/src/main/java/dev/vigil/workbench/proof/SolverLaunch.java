// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// How the solver's process is started: the same Java, with the solver and the workbench on its
/// class path and nothing else, where those can be told from the rest.
final class SolverLaunch {

  private static final List<String> NEEDED =
      List.of(
          "dev/vigil/workbench/proof/SolverMain.class",
          "com/microsoft/z3/Native.class",
          "tools/aqua/turnkey/support/TurnKey.class");

  private SolverLaunch() {}

  static List<String> command(Path folder) {
    var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    return List.of(
        java,
        "-Xmx64m",
        "-Xss256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + folder.resolve("crash"),
        "-Djava.io.tmpdir=" + folder,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        SolverMain.class.getName());
  }

  private static String classPath() {
    var places = new LinkedHashSet<String>();
    for (var needed : NEEDED) {
      var place = place(needed);
      if (place.isEmpty()) return System.getProperty("java.class.path", "");
      places.add(place.get());
    }
    return String.join(File.pathSeparator, places);
  }

  /// The jar or folder that a class is loaded from.
  private static Optional<String> place(String file) {
    var found = SolverLaunch.class.getClassLoader().getResource(file);
    if (found == null) return Optional.empty();
    var url = found.toString();
    int end = url.length() - file.length();
    if (url.startsWith("jar:file:"))
      return Optional.of(Path.of(URI.create(url.substring("jar:".length(), end - 2))).toString());
    return url.startsWith("file:")
        ? Optional.of(Path.of(URI.create(url.substring(0, end))).toString())
        : Optional.empty();
  }
}

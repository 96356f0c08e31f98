// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.bench.Child;
import dev.vigil.bench.Maven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Where Keycloak is: fetched and built for production when it is first measured, so that nobody
/// else waits for it.
///
/// @param home the folder of Vigil's sources
record KeycloakFolder(Path home) {

  static final String VERSION = "26.7.3";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Path path() {
    return home.resolve("bench/target/keycloak/keycloak-" + VERSION).toAbsolutePath();
  }

  /// Makes it ready.
  ///
  /// @throws IOException if it cannot be had; the message says why
  void prepare(Consumer<String> tell) throws IOException, InterruptedException {
    var ready = path().resolve(".ready");
    if (Files.exists(ready)) return;
    tell.accept("fetching Keycloak " + VERSION + " (177 MB, once)");
    Maven.run(
        home.resolve("bench/peers/keycloak.xml"),
        "dependency:unpack",
        home.resolve("target/keycloak.log"));
    tell.accept("building Keycloak for production, as its guide says (once)");
    var log = home.resolve("target/keycloak-build.log");
    try (var build = start(log, List.of("build", "--db=dev-file"), Map.of())) {
      if (build.runsFor(PATIENCE) || !build.succeeded())
        throw new IOException("it could not be built; " + log + " says why");
    }
    Files.createFile(ready);
  }

  /// Runs its command line.
  Child start(Path log, List<String> arguments, Map<String, String> environment)
      throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add("bash");
    command.add(path().resolve("bin/kc.sh").toString());
    command.addAll(arguments);
    var all = new java.util.HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    return Child.service(log, command, all);
  }
}

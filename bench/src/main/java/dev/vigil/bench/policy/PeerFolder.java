// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.policy;

import dev.vigil.bench.Maven;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// Where the engines are that are not on our class path: fetched and compiled when they are first
/// measured, so that nobody else waits for them.
record PeerFolder(Path home) {

  /// The folder that jars and classes are in.
  Path path() {
    return home.resolve("bench/target/peers");
  }

  private Path sources() {
    return home.resolve("bench/peers");
  }

  /// Makes them ready.
  ///
  /// @throws IOException if they cannot be had; the message says why
  void prepare(Consumer<String> tell) throws IOException, InterruptedException {
    var ready = path().resolve(".ready");
    if (Files.exists(ready)) return;
    Files.createDirectories(path());
    tell.accept("fetching cedar-java and SAPL (60 MB, once)");
    Maven.run(
        sources().resolve("pom.xml"),
        "dependency:copy-dependencies",
        home.resolve("target/peers.log"));
    compile();
    Files.createFile(ready);
  }

  /// One by one: a compiler inside this process does not look into folders written with a star.
  private String jars() throws IOException {
    try (var files = Files.list(path())) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private void compile() throws IOException {
    var classes = path().resolve("classes");
    var complaints = new StringWriter();
    var to = new PrintWriter(complaints);
    var arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + jars()));
    try (var files = Files.walk(sources().resolve("src/main/java"))) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    }
    var compiler =
        ToolProvider.findFirst("javac").orElseThrow(() -> new IOException("there is no compiler"));
    if (compiler.run(to, to, arguments.toArray(String[]::new)) != 0)
      throw new IOException("they could not be compiled: " + complaints);
    var services = "META-INF/services/" + Peer.class.getName();
    Files.createDirectories(classes.resolve(services).getParent());
    Files.writeString(
        classes.resolve(services),
        Files.readString(sources().resolve("src/main/resources").resolve(services)));
  }
}

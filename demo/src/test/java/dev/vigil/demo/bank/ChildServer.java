// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.server.Vigil;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vigil server` in a process of its own, which can be ended as an operating system ends it.
final class ChildServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final BufferedReader output;
  private final JsonNode ready;

  private ChildServer(Process process, BufferedReader output, JsonNode ready) {
    this.process = process;
    this.output = output;
    this.ready = ready;
  }

  /// Starts it and waits until it says that it is ready.
  static ChildServer start(Path config, Path errors) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Vigil.class.getName(),
                    "server",
                    "--json",
                    "--config",
                    config.toString()))
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    var output = process.inputReader(StandardCharsets.UTF_8);
    var line = output.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new AssertionError("the server did not start, see " + errors);
    }
    return new ChildServer(process, output, JSON.readTree(line));
  }

  /// What it said when it was ready.
  JsonNode ready() {
    return ready;
  }

  /// Ends it as `kill -9` does.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Ends it as `kill` does.
  ///
  /// @return its exit code
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS))
      throw new AssertionError("the server does not end after SIGTERM");
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.openid;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// openid-client, the certified library that others wrote for Node, installed into the build folder
/// on first use. The scenes that it plays are in `scenes.mjs`. Tests that want it are skipped by
/// name where it cannot be installed.
final class Library {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path PLACE = Path.of("target", "openid-client").toAbsolutePath();
  private static final List<String> PACKAGES =
      List.of("openid-client@6.8.9", "oauth4webapi@3.8.8", "jose@6.2.17");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Library() {}

  static void install() throws IOException {
    Files.createDirectories(PLACE);
    for (String script : List.of("scenes.mjs", "library.mjs"))
      try (var text = Library.class.getResourceAsStream("/openid/" + script)) {
        Files.copy(
            Optional.ofNullable(text).orElseThrow(),
            PLACE.resolve(script),
            StandardCopyOption.REPLACE_EXISTING);
      }
    var installed = PLACE.resolve("installed");
    if (Files.exists(installed) && Files.readString(installed).equals(PACKAGES.toString())) return;
    Files.writeString(PLACE.resolve("package.json"), "{\"private\": true}\n");
    try {
      var command = new ArrayList<>(List.of("npm", "install", "--save-exact"));
      command.addAll(List.of("--no-audit", "--no-fund", "--ignore-scripts"));
      command.addAll(PACKAGES);
      var npm =
          new ProcessBuilder(command)
              .directory(PLACE.toFile())
              .redirectErrorStream(true)
              .redirectOutput(PLACE.resolve("install.log").toFile())
              .start();
      assumeTrue(
          npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0,
          "skipped: openid-client cannot be installed");
    } catch (IOException e) {
      assumeTrue(false, "skipped: `npm` is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Files.writeString(installed, PACKAGES.toString());
  }

  /// What the library's side of a scene asks for meanwhile.
  interface Surroundings {

    /// A person's browser goes there.
    WebBrowser.Landed visit(URI page) throws IOException;

    /// Time passes at the server.
    void pass(Duration duration);
  }

  /// Plays a scene to its end.
  ///
  /// @param world a file with what the clients know: addresses and keys of their own
  /// @param authority the certificate that the server's leads to
  static void play(String scene, Path world, Path authority, Surroundings surroundings)
      throws IOException {
    var errors = PLACE.resolve(scene + ".log");
    var builder =
        new ProcessBuilder("node", "scenes.mjs", scene, world.toString())
            .directory(PLACE.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("NODE_EXTRA_CA_CERTS", authority.toString());
    var node = builder.start();
    var watch =
        node.onExit()
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .whenComplete((_, _) -> node.destroyForcibly());
    try (var questions = node.inputReader();
        var answers = node.outputWriter()) {
      for (var line = questions.readLine(); line != null; line = questions.readLine()) {
        var question = JSON.readTree(line);
        if (question.path("done").asBoolean(false)) return;
        answers.write(answer(question, surroundings) + "\n");
        answers.flush();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      watch.cancel(false);
      node.destroyForcibly();
    }
    throw new AssertionError(Files.readString(errors));
  }

  private static ObjectNode answer(JsonNode question, Surroundings surroundings)
      throws IOException {
    if (question.has("pass")) {
      surroundings.pass(Duration.ofSeconds(question.path("pass").asInt()));
      return JSON.createObjectNode();
    }
    var landed = surroundings.visit(URI.create(question.path("visit").asString()));
    return JSON.createObjectNode()
        .put("at", landed.at().toString())
        .put("touches", landed.touches());
  }
}

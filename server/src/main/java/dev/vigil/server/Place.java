// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Exit;
import dev.vigil.server.cli.Failure;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which installation a command is about: the options `--config` and `--data`.
final class Place {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration, YAML; docs/configuration.md lists its keys")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "the data folder, instead of the configuration's")
  Optional<Path> data = Optional.empty();

  /// Reads the configuration.
  ///
  /// @throws Failure with everything that is wrong with it
  Configuration configuration() throws IOException {
    var here = Path.of("").toAbsolutePath();
    String file = config.map(Path::toString).orElse("vigil.yaml");
    if (config.isPresent() && !Files.isReadable(config.get()))
      throw new Failure(
          Exit.USAGE, "`" + file + "` cannot be read", "", "check the path after `--config`");
    String text = config.isPresent() ? Files.readString(config.get()) : "";
    var base = config.map(path -> path.toAbsolutePath().getParent()).orElse(here);
    return switch (ConfigurationReader.read(file, text, base)) {
      case Reading.Read(Configuration read) ->
          data.map(folder -> in(read, folder.toAbsolutePath())).orElse(read);
      case Reading.Rejected(var problems) ->
          throw new Failure(
              Exit.USAGE,
              new Failure.Text(
                  "the configuration cannot be used",
                  "",
                  "correct it; nothing was done",
                  problems,
                  ""));
    };
  }

  private static Configuration in(Configuration read, Path folder) {
    for (var upstream : read.upstreams())
      if (upstream.secretIn(folder))
        throw new Failure(
            Exit.USAGE,
            "the client secret of `" + upstream.provider().id() + "` lies in the data folder",
            "whoever reads a backup would have it",
            "move it out of `" + folder + "`, or name another folder after `--data`");
    return read.in(folder);
  }

  /// The configuration of an installation that has data already.
  ///
  /// @throws Failure if the data folder is none
  Configuration installed() throws IOException {
    var configuration = configuration();
    var folder = configuration.dataFolder();
    if (!Files.exists(folder.resolve("vigil.format")))
      throw new Failure(
          Exit.REFUSED,
          "`" + folder + "` is not a data folder",
          "a server's data folder holds a file `vigil.format`",
          "name the right one with `--data`, or the server's configuration with `--config`");
    return configuration;
  }
}

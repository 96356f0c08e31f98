// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.demo.phone.Maker;
import dev.vigil.server.Assembly;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A place for a bank on this machine: a folder of its own and ports that are free.
///
/// @param folder for the server's data and the administrator's command line
/// @param policies the folder of the bank's policies
/// @param identity the section `identity` of the configuration, as YAML; empty for the bank's own
///   people
public record Premises(Path folder, Path policies, Doors doors, String identity) {

  private static final List<Integer> USUAL = List.of(8443, 8080, 9443, 8445);

  // Below the range from which connections get their ports, so that none takes one in between.
  private static final int FIRST = 10_000;
  private static final int COUNT = 10_000;
  private static final AtomicInteger TRIED =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

  /// A place for a bank that invites its people itself.
  public Premises(Path folder, Path policies, Doors doors) {
    this(folder, policies, doors, "");
  }

  /// Which ports it takes.
  public enum Doors {
    /// Those that people know, if they are free; otherwise any.
    USUAL,
    /// Whichever are free.
    ANY
  }

  /// The policies that come with the sources, wherever `vigil` is run from.
  public static Path examples() {
    var root =
        Optional.ofNullable(System.getProperty("vigil.home")).map(Path::of).orElse(Path.of(""));
    return root.resolve("examples/bank/policies").toAbsolutePath();
  }

  /// Starts a server here.
  public Assembly start() throws IOException {
    var server = Assembly.start(furnish());
    server.writeAnchor(folder);
    return server;
  }

  /// Writes the configuration of a server that is to be started here, and reads it.
  public Configuration furnish() throws IOException {
    var ports = ports();
    Files.createDirectories(folder);
    String text =
        """
        data: {folder: data}
        public: {listen: "127.0.0.1:%1$d", url: "https://localhost:%1$d", browser-url: "http://localhost:%2$d", mutual-tls-listen: "127.0.0.1:%4$d"}
        gateway: {listen: "127.0.0.1:%3$d", url: "https://localhost:%3$d", app-domains: [%5$s]}
        """
                .formatted(ports.get(0), ports.get(1), ports.get(2), ports.get(3), Bank.DOMAIN)
            + Maker.configuration("maker.pem")
            + ManagementProduct.configuration(folder)
            + identity;
    Files.writeString(folder.resolve("maker.pem"), Maker.ofAll().pem());
    Files.writeString(file(), text);
    return configuration(text);
  }

  /// The file with the server's configuration.
  public Path file() {
    return folder.resolve("vigil.yaml");
  }

  private Configuration configuration(String text) {
    return switch (ConfigurationReader.read("vigil.yaml", text, folder)) {
      case Reading.Read(Configuration configuration) -> configuration;
      case Reading.Rejected(List<String> problems) ->
          throw new IllegalStateException("the demo's own configuration: " + problems);
    };
  }

  /// The server's data folder.
  public Path data() {
    return folder.resolve("data");
  }

  /// The folder of the server's decision records.
  public Path records() {
    return data().resolve("records");
  }

  /// The file with the server's root certificate.
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  private List<Integer> ports() {
    if (doors == Doors.USUAL && USUAL.stream().allMatch(Premises::free)) return USUAL;
    var ports =
        IntStream.generate(() -> FIRST + Math.floorMod(TRIED.getAndIncrement(), COUNT))
            .limit(COUNT)
            .filter(Premises::free)
            .limit(USUAL.size())
            .boxed()
            .toList();
    if (ports.size() < USUAL.size())
      throw new IllegalStateException("no port from " + FIRST + " on is free");
    return ports;
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

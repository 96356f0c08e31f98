// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.TimeSource;
import dev.vigil.server.cli.Context;
import dev.vigil.server.cli.Terminal;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import dev.vigil.testkit.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An installation in a folder of a test, on free ports of the loopback address, and the command
/// line on the same machine.
final class TestServer {

  final Path folder;
  final Path config;
  final Configuration configuration;

  TestServer(Path folder) throws IOException {
    this(folder, "");
  }

  /// @param more sections of the configuration
  TestServer(Path folder, String more) throws IOException {
    this.folder = folder;
    this.config = folder.resolve("vigil.yaml");
    var ports = Stream.generate(FreePort::next).limit(4).toList();
    var text =
        """
        data: {folder: data}
        public: {listen: "127.0.0.1:%1$d", url: "https://localhost:%1$d", browser-url: "http://localhost:%2$d", mutual-tls-listen: "127.0.0.1:%4$d"}
        gateway: {listen: "127.0.0.1:%3$d", url: "https://localhost:%3$d"}
        """
                .formatted(ports.get(0), ports.get(1), ports.get(2), ports.get(3))
            + more;
    Files.writeString(config, text);
    this.configuration =
        switch (ConfigurationReader.read("vigil.yaml", text, folder)) {
          case Reading.Read(Configuration read) -> read;
          case Reading.Rejected(var problems) -> throw new AssertionError(problems);
        };
  }

  /// Four that are free now, and different ones.
  Path data() {
    return configuration.dataFolder();
  }

  Path keyPassword() {
    return configuration.keyPasswordFile();
  }

  Assembly start() throws IOException {
    return Assembly.start(configuration);
  }

  Assembly start(TimeSource time) throws IOException {
    return Assembly.start(configuration, time);
  }

  /// The status of `/health/ready`.
  int ready(Assembly server) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("anchor", server.anchor());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    URI page = configuration.face().issuer().resolve("/health/ready");
    try (var client = HttpClient.newBuilder().sslContext(tls).build()) {
      return client
          .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  /// What a command printed and how it ended.
  record Ran(int code, String output, String errors) {}

  /// Types `vigil ...` on this machine.
  Ran vigil(String... arguments) {
    return vigil(_ -> false, arguments);
  }

  /// The same with a browser.
  Ran vigil(Context.Opener browser, String... arguments) {
    var output = new StringWriter();
    var errors = new StringWriter();
    var terminal =
        new Terminal(
            new PrintWriter(output, true), new PrintWriter(errors, true), Optional.empty());
    var context =
        new Context(
            terminal, folder.resolve("desk"), new SystemTime(), SystemTime.entropy(), browser);
    int code = Vigil.tree(context).run(arguments);
    return new Ran(code, output.toString(), errors.toString());
  }
}

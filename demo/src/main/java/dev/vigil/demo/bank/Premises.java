// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.server.Assembly;
import dev.vigil.server.config.Configuration;
import dev.vigil.server.config.ConfigurationReader;
import dev.vigil.server.config.ConfigurationReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;

/// A place for a bank on this machine: a folder of its own and ports that are free.
///
/// @param folder for the server's data and the administrator's command line
/// @param policies the folder of the bank's policies
public record Premises(Path folder, Path policies) {

  private static final List<Integer> USUAL = List.of(8443, 8080, 9443, 8445);

  /// Starts a server here, on the usual ports if they are free.
  public Assembly start() throws IOException {
    var ports = ports();
    String text =
        """
        data: {folder: data}
        public: {listen: "127.0.0.1:%1$d", url: "https://localhost:%1$d", browser-url: "http://localhost:%2$d", mutual-tls-listen: "127.0.0.1:%4$d"}
        gateway: {listen: "127.0.0.1:%3$d", url: "https://localhost:%3$d", app-domains: [%5$s]}
        """
            .formatted(ports.get(0), ports.get(1), ports.get(2), ports.get(3), Bank.DOMAIN);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("vigil.yaml"), text);
    var server = Assembly.start(configuration(text));
    writeAuthority(server);
    return server;
  }

  private Configuration configuration(String text) {
    return switch (ConfigurationReader.read("vigil.yaml", text, folder)) {
      case Reading.Read(Configuration configuration) -> configuration;
      case Reading.Rejected(List<String> problems) ->
          throw new IllegalStateException("the demo's own configuration: " + problems);
    };
  }

  /// The file with the server's root certificate.
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  private void writeAuthority(Assembly server) throws IOException {
    try {
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(server.anchor().getEncoded());
      Files.writeString(
          authority(), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  private static List<Integer> ports() throws IOException {
    if (USUAL.stream().allMatch(Premises::free)) return USUAL;
    try (var a = any();
        var b = any();
        var c = any();
        var d = any()) {
      return List.of(a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort());
    }
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket any() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}

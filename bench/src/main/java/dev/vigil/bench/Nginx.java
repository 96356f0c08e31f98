// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench;

import dev.vigil.demo.bank.Bank;
import dev.vigil.demo.bank.Impostor;
import dev.vigil.sdk.port.Transport.Peer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The peer: nginx as a proxy with mutual TLS that decides nothing and records nothing.
final class Nginx implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int STEPS = 100;

  private final Child child;
  private final int port;
  private final String anchor;

  private Nginx(Child child, int port, String anchor) {
    this.child = child;
    this.port = port;
    this.anchor = anchor;
  }

  /// Where nginx is on this machine, or empty.
  static Optional<Path> installed() {
    var path = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1);
    return Stream.concat(Stream.of(path), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// What stands on both sides of it.
  ///
  /// @param phone whose certificate it is to accept
  /// @param app the port of the app
  record Between(Peer phone, int app) {}

  /// Starts it with as many workers as the gateway has event loops.
  static Nginx start(Path program, Path folder, Between sides, Instant now)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(folder);
    var server = new Impostor("Bench CA", now).server(Bank.STAFF);
    int port = free();
    var authorities = new ArrayList<>(sides.phone().anchors());
    var chain = sides.phone().identity().orElseThrow().chain();
    authorities.addAll(chain.subList(1, chain.size()));
    String certificate = Pem.of(server.chain());
    Files.writeString(folder.resolve("server.pem"), certificate);
    Files.writeString(folder.resolve("server.key"), Pem.of(server.keys().handle()));
    Files.writeString(folder.resolve("clients.pem"), Pem.of(authorities));
    var file = folder.resolve("nginx.conf");
    Files.writeString(file, configuration(port, sides.app()));
    var command =
        List.of(
            program.toString(), "-p", folder.toString(), "-c", file.toString(), "-e", "error.log");
    var nginx = new Nginx(Child.program(folder.resolve("nginx.log"), command), port, certificate);
    nginx.awaitOpen();
    return nginx;
  }

  private static String configuration(int port, int upstream) {
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    return """
    daemon off; %1$s worker_processes %2$d; pid nginx.pid; error_log error.log warn;
    events { worker_connections 2048; }
    http {
      access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi; client_body_buffer_size 16k;
      upstream app { server 127.0.0.1:%3$d; keepalive 128; keepalive_requests 1000000000; }
      server {
        listen 127.0.0.1:%4$d ssl http2; server_name staff.apps.localhost; keepalive_requests 1000000000;
        ssl_certificate server.pem; ssl_certificate_key server.key; ssl_protocols TLSv1.2 TLSv1.3;
        ssl_client_certificate clients.pem; ssl_verify_client on; ssl_verify_depth 4;
        location / { proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; }
      }
    }
    """
        .formatted(user, Runtime.getRuntime().availableProcessors(), upstream, port);
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitOpen() throws IOException, InterruptedException {
    for (int step = 0; step < STEPS; step++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) return;
      } catch (IOException e) {
        if (!child.runsFor(STEP)) break;
      }
    }
    child.close();
    throw new IOException("nginx did not start: " + child.complaint());
  }

  Child child() {
    return child;
  }

  int port() {
    return port;
  }

  /// Its own certificate, which whoever asks it trusts.
  String anchor() {
    return anchor;
  }

  @Override
  public void close() {
    child.close();
  }
}

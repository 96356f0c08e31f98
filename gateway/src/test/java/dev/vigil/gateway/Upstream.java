// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An app behind the gateway: a plain socket on loopback that a test answers by hand, one thread
/// for each connection.
final class Upstream implements AutoCloseable {

  /// What arrived: the head, line by line, and the open connection.
  record Arrived(List<String> head, Socket socket, InputStream in, OutputStream out) {

    String line() {
      return head.getFirst();
    }

    List<String> header(String name) {
      return head.stream()
          .skip(1)
          .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(l -> l.substring(name.length() + 1).strip())
          .toList();
    }

    byte[] body() {
      try {
        return in.readNBytes(Integer.parseInt(header("content-length").getFirst()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void send(String text) {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void respond(String body) {
      send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// How a test answers.
  interface Answer {
    void to(Arrived request) throws Exception;
  }

  private final ServerSocket server;
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private volatile Answer answer = request -> request.respond("hello");

  Upstream() throws IOException {
    server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              var socket = server.accept();
              Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  Upstream answering(Answer how) {
    answer = how;
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// Requests that have arrived so far, in order.
  List<Arrived> seen() {
    return new ArrayList<>(arrived);
  }

  Arrived next() throws InterruptedException {
    var one = arrived.poll(20, java.util.concurrent.TimeUnit.SECONDS);
    if (one == null) throw new AssertionError("nothing arrived at the upstream");
    return one;
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        var request = new Arrived(head, socket, in, socket.getOutputStream());
        arrived.add(request);
        answer.to(request);
      }
    } catch (Exception e) {
      System.getLogger("upstream")
          .log(System.Logger.Level.DEBUG, "the connection ended with what the test did to it", e);
    }
  }

  /// The lines of a head; empty at the end of the connection.
  static List<String> head(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        if (line.isEmpty()) return lines;
        lines.add(line.toString());
        line.setLength(0);
      } else if (b != '\r') line.append((char) b);
    }
    return List.of();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

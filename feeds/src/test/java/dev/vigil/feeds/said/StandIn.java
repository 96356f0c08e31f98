// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A product's API on a loopback port that answers as the test says.
public final class StandIn implements AutoCloseable {

  /// What was asked, in order.
  public final List<Asked> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Function<Asked, Answer>> paths = new LinkedHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// One request.
  ///
  /// @param query decoded
  public record Asked(
      String method, String path, String query, Map<String, String> headers, String body) {
    /// A header; empty text if there is none.
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// One answer.
  public record Answer(int status, String body, Map<String, String> headers) {
    public static Answer ok(String body) {
      return new Answer(200, body, Map.of());
    }

    public static Answer status(int status) {
      return new Answer(status, "{}", Map.of());
    }
  }

  public StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Where it is.
  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What it answers at a path from now on.
  public StandIn at(String path, Function<Asked, Answer> answer) {
    paths.put(path, answer);
    return this;
  }

  /// What always answers an access token that was asked for, counted: `token-1`, `token-2`.
  public StandIn tokensAt(String path, String member) {
    return at(
        path,
        _ ->
            Answer.ok(
                "{\"%s\": \"token-%d\", \"expires_in\": 3600}".formatted(member, times(path))));
  }

  /// How often a path was asked.
  public int times(String path) {
    return (int) asked.stream().filter(one -> one.path().equals(path)).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    var one =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    asked.add(one);
    var answer = paths.getOrDefault(one.path(), _ -> Answer.status(404)).apply(one);
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where the browser returns to after a sign-in: a port on this machine's loopback address (RFC
/// 8252 section 7.3). Only the answer to our own question is taken; anything else is ignored and
/// the wait goes on.
final class Callback implements AutoCloseable {

  private static final String PATH = "/callback";
  private static final int LONGEST_QUERY = 8 * 1024;

  private final HttpServer server;
  private final String state;
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

  /// Opens the port.
  ///
  /// @param state what the answer must carry
  Callback(String state) {
    this.state = state;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new Failure(
          Exit.REFUSED,
          "the sign-in cannot start",
          "no port on 127.0.0.1 can be opened",
          "check the limits of this machine");
    }
    server.createContext("/", this::handle);
    server.start();
  }

  /// The redirect address.
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var parameters = parameters(exchange);
    boolean ours = parameters.filter(found -> state.equals(found.get("state"))).isPresent();
    page(
        exchange,
        ours ? 200 : 400,
        ours
            ? "You can close this page and return to the command line."
            : "This is not the answer that is waited for.");
    if (ours) parameters.ifPresent(answer::complete);
  }

  private Optional<Map<String, String>> parameters(HttpExchange exchange) {
    var asked = exchange.getRequestURI();
    boolean here =
        address().getRawAuthority().equals(exchange.getRequestHeaders().getFirst("Host"));
    if (!here || !exchange.getRequestMethod().equals("GET") || !PATH.equals(asked.getPath()))
      return Optional.empty();
    return Optional.ofNullable(asked.getRawQuery())
        .filter(query -> query.length() <= LONGEST_QUERY)
        .flatMap(Callback::parse);
  }

  private static Optional<Map<String, String>> parse(String query) {
    var parameters = new HashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) return Optional.empty();
      try {
        var value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (parameters.put(pair.substring(0, equals), value) != null) return Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static void page(HttpExchange exchange, int status, String says) throws IOException {
    byte[] page =
        ("<!doctype html><meta charset=utf-8><title>Vigil</title><p>" + says)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, page.length);
    try (var body = exchange.getResponseBody()) {
      body.write(page);
    }
  }

  /// Waits for the answer's parameters.
  Map<String, String> await(Duration longest) {
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Failure(
          Exit.REFUSED,
          "you were not signed in",
          "the browser did not come back within " + longest.toMinutes() + " minutes",
          "run `vigil login` again");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the answer is completed with a value only", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.REFUSED, "interrupted", "", "");
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

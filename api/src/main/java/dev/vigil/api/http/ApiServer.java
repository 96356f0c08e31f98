// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One listener of the API: starts, answers requests with its routes, stops.
public final class ApiServer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);

  private final HttpServer server;

  private ApiServer(HttpServer server) {
    this.server = server;
  }

  /// What the edge stands on.
  ///
  /// @param bodyTimeout how long the content of a request may take to arrive
  public record Edge(Vertx vertx, TimeSource time, Entropy entropy, Duration bodyTimeout) {}

  /// Opens the listener and returns once it accepts connections.
  ///
  /// @throws IllegalStateException if the address cannot be opened
  public static ApiServer start(Edge edge, Listener listener, Routes routes) {
    var exchanges = new Exchanges(edge, listener, routes);
    var server = edge.vertx().createHttpServer(options(listener)).requestHandler(exchanges::accept);
    var opened =
        server.listen(listener.port(), listener.bind()).toCompletionStage().toCompletableFuture();
    try {
      opened.get(START.toSeconds(), TimeUnit.SECONDS);
      return new ApiServer(server);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "`" + listener.bind() + ":" + listener.port() + "` cannot be opened: " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while opening `" + listener.bind() + ":" + listener.port() + "`", e);
    }
  }

  private static HttpServerOptions options(Listener listener) {
    var options =
        new HttpServerOptions()
            .setIdleTimeout(60)
            .setMaxInitialLineLength(8 * 1024)
            .setMaxHeaderSize(16 * 1024)
            .setHandle100ContinueAutomatically(true)
            .setCompressionSupported(false);
    listener
        .key()
        .ifPresent(key -> {
          options.setSsl(true).setUseAlpn(true).setKeyCertOptions(KeyCertOptions.wrap(key));
          options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        });
    if (listener.channel() instanceof Listener.Channel.MutualTls mutual) {
      options
          .setClientAuth(ClientAuth.REQUIRED)
          .setTrustOptions(TrustOptions.wrap(mutual.clients()));
    }
    return options;
  }

  /// The port that is really open, for listeners asked to take any.
  public int port() {
    return server.actualPort();
  }

  /// Stops accepting and closes what is open.
  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}

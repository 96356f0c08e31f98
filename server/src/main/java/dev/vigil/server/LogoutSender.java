// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.Store;
import dev.vigil.admission.openid.LogoutDelivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells clients every second which sessions ended, until they took it. It follows no redirects and
/// reads nothing of the answer but its status.
final class LogoutSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogoutSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("vigil-logouts").daemon().factory());

  /// Trusts the authorities that the platform trusts.
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private LogoutSender() {}

  /// Delivers over HTTPS, from now on.
  ///
  /// @param made the delivery that posts in this way
  static LogoutSender start(Function<LogoutDelivery.Post, LogoutDelivery> made) {
    var sender = new LogoutSender();
    var delivery = made.apply(sender::post);
    var _ = sender.executor.scheduleWithFixedDelay(() -> run(delivery), 1, 1, TimeUnit.SECONDS);
    return sender;
  }

  private static void run(LogoutDelivery delivery) {
    try {
      delivery.run();
    } catch (Store.StoreUnavailable e) {
      LOG.warn("logout notices wait until the store can be used again", e);
    } catch (RuntimeException e) { // the next round must come, whatever one notice held
      LOG.warn("a logout notice could not be sent", e);
    }
  }

  private boolean post(URI address, String token) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200 || status == 204;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    client.shutdownNow();
  }
}

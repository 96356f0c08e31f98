// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.web;

import dev.vigil.kernel.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks others over HTTPS: no redirects, at most so many bytes and seconds for the whole answer.
/// Plain HTTP only to this machine itself.
public final class Web implements AutoCloseable {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpClient client;
  private final Duration patience;
  private final int largest;

  /// @param patience for a whole answer
  /// @param largest bytes of an answer
  public Web(Duration patience, int largest) {
    this.patience = patience;
    this.largest = largest;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// An answer of any status.
  ///
  /// @param etag and `retryAfter` are the headers of these names
  public record Answer(
      int status, Bytes body, Optional<String> etag, Optional<String> retryAfter) {}

  /// Whether this address may be asked.
  public static boolean allowed(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) return false;
    return "https".equals(address.getScheme())
        || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
  }

  /// The answer; empty if there is none in time, or a larger one.
  ///
  /// @throws IllegalArgumentException if the address may not be asked
  public Optional<Answer> send(HttpRequest.Builder builder) {
    var request = builder.timeout(patience).build();
    if (!allowed(request.uri()))
      throw new IllegalArgumentException("this address may not be asked");
    var bounded =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), largest);
    var sent = client.sendAsync(request, bounded);
    try {
      var answer = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(
          new Answer(
              answer.statusCode(),
              Bytes.of(answer.body()),
              answer.headers().firstValue("etag"),
              answer.headers().firstValue("retry-after")));
    } catch (ExecutionException | TimeoutException e) { // however it fails, it did not answer
      sent.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import dev.vigil.admission.StrictJson;
import dev.vigil.identity.federation.FederationRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
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
import tools.jackson.databind.node.ObjectNode;

/// Asks a provider over HTTPS: no redirects, at most 512 KiB and a few seconds for the whole
/// answer. Plain HTTP only to this machine itself.
public final class Web implements AutoCloseable {

  private static final int LARGEST = 512 * 1024;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpClient client;
  private final Duration patience;

  /// @param patience for a whole answer
  public Web(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// An answer of any status.
  record Answer(int status, Bytes body, Optional<String> etag) {

    /// The content, if it is one strict JSON object.
    Outcome<ObjectNode> json(FederationRefusal otherwise) {
      try {
        return Outcome.done(StrictJson.object(body.toArray()));
      } catch (StrictJson.Malformed e) {
        return Outcome.refused(otherwise);
      }
    }
  }

  /// Whether this address may be asked.
  public static boolean allowed(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) return false;
    return "https".equals(address.getScheme())
        || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
  }

  Outcome<Answer> get(URI address, Optional<String> etag) {
    var request = HttpRequest.newBuilder(address).header("Accept", "application/json");
    etag.ifPresent(value -> request.header("If-None-Match", value));
    return send(request);
  }

  Outcome<Answer> send(HttpRequest.Builder builder) {
    var request = builder.timeout(patience).build();
    if (!allowed(request.uri())) return Outcome.refused(FederationRefusal.DISCOVERY);
    var bounded =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST);
    var sent = client.sendAsync(request, bounded);
    try {
      var answer = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return Outcome.done(
          new Answer(
              answer.statusCode(), Bytes.of(answer.body()), answer.headers().firstValue("etag")));
    } catch (ExecutionException | TimeoutException e) { // however it fails, it did not answer
      sent.cancel(true);
      return Outcome.refused(FederationRefusal.UNREACHABLE);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      return Outcome.refused(FederationRefusal.UNREACHABLE);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

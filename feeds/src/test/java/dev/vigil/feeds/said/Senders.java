// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.said;

import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.admission.feed.PostureSource.Unavailable;
import dev.vigil.kernel.Bytes;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Optional;

/// Sends requests as the server does.
public final class Senders implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();

  public Api.Sender sender() {
    return request -> {
      try {
        var answer =
            client.send(
                request.build(),
                HttpResponse.BodyHandlers.limiting(
                    HttpResponse.BodyHandlers.ofByteArray(), 8 << 20));
        return new Api.Reply(
            answer.statusCode(),
            Bytes.of(answer.body()),
            answer.headers().firstValue("Retry-After"));
      } catch (IOException e) {
        throw new Unavailable(Reason.DOWN, "the product does not answer", Optional.empty());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

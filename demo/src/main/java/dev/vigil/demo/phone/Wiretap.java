// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Body;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Malicious software on a phone: it reads what the app sends, tokens included, and can send
/// requests of its own with the phone's identity. The key itself stays where it is.
public final class Wiretap implements Transport {

  private final Transport real;
  private volatile Optional<Replacement> replacement = Optional.empty();
  private volatile Optional<Seen> last = Optional.empty();

  /// A request to an app, with everything a thief could copy.
  public record Seen(Request request, Peer peer) {

    /// The access token, as it was sent.
    public String authorization() {
      return request.headers().first("Authorization").orElse("");
    }
  }

  public Wiretap(Transport real) {
    this.real = real;
  }

  @Override
  public Response send(Request request, Peer peer) throws IOException {
    if (peer.identity().isEmpty()) return real.send(request, peer);
    last = Optional.of(new Seen(request, peer));
    return real.send(altered(request), peer);
  }

  private Request altered(Request request) {
    String body = new String(request.body().bytes(), StandardCharsets.UTF_8);
    return replacement
        .filter(change -> change.from().equals(body))
        .map(change ->
            new Request(
                request.method(),
                request.uri(),
                request.headers(),
                Body.of(change.to().getBytes(StandardCharsets.UTF_8))))
        .orElse(request);
  }

  /// From now on, sends one body to apps in place of another.
  public void replaceBodies(String from, String to) {
    replacement = Optional.of(new Replacement(from, to));
  }

  /// Sends again what the app says.
  public void replaceNothing() {
    replacement = Optional.empty();
  }

  private record Replacement(String from, String to) {}

  @Override
  public Opening open(Request request, Peer peer, StreamListener listener) throws IOException {
    return real.open(request, peer, listener);
  }

  /// What was seen last on its way to an app.
  public Seen loot() {
    return last.orElseThrow(() -> new IllegalStateException("nothing was sent to an app yet"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Malicious software on a phone: it reads what the app sends, tokens included, and can send requests of its own with
/// the phone's identity. The key itself stays where it is.
public final class Wiretap implements Transport {

  private final Transport real;
  private final AtomicReference<Optional<Seen>> last = new AtomicReference<>(Optional.empty());

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
    if (peer.identity().isPresent()) last.set(Optional.of(new Seen(request, peer)));
    return real.send(request, peer);
  }

  @Override
  public Opening open(Request request, Peer peer, StreamListener listener) throws IOException {
    return real.open(request, peer, listener);
  }

  /// What was seen last on its way to an app.
  public Seen loot() {
    return last.get().orElseThrow(() -> new IllegalStateException("nothing was sent to an app yet"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/// Where a set of routes is served, and how the channel is protected.
///
/// @param origin the public address, such as `https://localhost:8443`: what clients write in `Host`
///   and in proofs
/// @param bind the local address
/// @param port the local port
public record Listener(URI origin, String bind, int port, Channel channel) {

  /// How the channel is protected.
  public sealed interface Channel {

    /// Nothing but the loopback interface.
    record PlainLoopback() implements Channel {}

    /// TLS 1.3 or 1.2 with the server's key.
    record Tls(X509KeyManager key) implements Channel {}

    /// TLS where the client must show a certificate that the trust manager accepts.
    record MutualTls(X509KeyManager key, X509TrustManager clients) implements Channel {}
  }

  /// @throws IllegalArgumentException if the origin is not `scheme://host[:port]` with the scheme
  ///   of the channel, or a plain listener is bound to anything but loopback
  public Listener {
    boolean plain = channel instanceof Channel.PlainLoopback;
    if (!(plain ? "http" : "https").equals(origin.getScheme())
        || !origin.toString().equals(origin.getScheme() + "://" + origin.getRawAuthority())) {
      throw new IllegalArgumentException(
          "`"
              + origin
              + "` is not an origin such as "
              + (plain ? "http" : "https")
              + "://localhost:8443");
    }
    if (plain && !loopback(bind))
      throw new IllegalArgumentException(
          "plain HTTP is served on loopback only, not on `" + bind + "`");
  }

  private static boolean loopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  Optional<X509KeyManager> key() {
    return switch (channel) {
      case Channel.PlainLoopback _ -> Optional.empty();
      case Channel.Tls(X509KeyManager key) -> Optional.of(key);
      case Channel.MutualTls(X509KeyManager key, X509TrustManager _) -> Optional.of(key);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Does sockets, TLS and HTTP. The core says whom to trust and who we are; the transport must hold
/// to it. A port.
///
/// Every implementation must: speak TLS 1.2 or later and nothing in the clear; accept a server only
/// if its chain ends at one of [Peer#anchors] and its certificate names the request's host (RFC
/// 9525); never follow a redirect; never keep cookies; present [Peer#identity] and nothing else;
/// and not share a connection between different peers.
public interface Transport {

  /// Sends one request and returns once the response's header is there. The caller closes the body.
  ///
  /// @throws UntrustedServerException if the server is not who it must be; the request was not sent
  Response send(Request request, Peer peer) throws IOException;

  /// Opens a WebSocket (RFC 6455). A response other than the upgrade is returned, not thrown.
  ///
  /// @throws UntrustedServerException if the server is not who it must be; the request was not sent
  Opening open(Request request, Peer peer, StreamListener listener) throws IOException;

  /// A request with all of its body, so that it can be sent again.
  record Request(String method, URI uri, Headers headers, Body body) {
    @Override
    public String toString() {
      return method + " " + uri.getScheme() + "://" + uri.getAuthority();
    }
  }

  /// A response; its body may still be arriving.
  record Response(int status, Headers headers, InputStream body) {}

  /// What came of opening a stream.
  sealed interface Opening permits Opened, NotOpened {}

  /// The stream stands.
  record Opened(MessageStream stream) implements Opening {}

  /// The server answered with something else.
  record NotOpened(Response response) implements Opening {}

  /// Whom to connect to and on what terms.
  ///
  /// @param address where to open the socket; empty if the request's host is to be resolved. The
  ///   name in SNI, `Host` and the certificate stays that of the request
  /// @param anchors the only roots to trust; never empty
  /// @param identity the client certificate to present; empty for none
  record Peer(
      Optional<Address> address, List<X509Certificate> anchors, Optional<Identity> identity) {
    public Peer {
      anchors = List.copyOf(anchors);
      if (anchors.isEmpty()) {
        throw new IllegalArgumentException("a peer needs at least one trust anchor");
      }
    }
  }

  /// Where a socket goes.
  record Address(String host, int port) {}

  /// Who we are in TLS. The chain starts with our own certificate.
  record Identity(DeviceKeys keys, List<X509Certificate> chain) {
    public Identity {
      chain = List.copyOf(chain);
    }
  }
}

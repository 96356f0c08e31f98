// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.Transport.Address;
import dev.vigil.sdk.port.Transport.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/// An HTTP client for one peer and no other: its anchors, our identity, its address.
final class Pinned {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private Pinned() {}

  static OkHttpClient client(Peer peer) throws IOException {
    try {
      var trust = trust(peer);
      var builder =
          new OkHttpClient.Builder()
              .sslSocketFactory(context(peer, trust).getSocketFactory(), trust)
              .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
              .connectionPool(new ConnectionPool())
              .proxy(Proxy.NO_PROXY)
              .cookieJar(CookieJar.NO_COOKIES)
              .followRedirects(false)
              .followSslRedirects(false)
              .retryOnConnectionFailure(false)
              .connectTimeout(CONNECT)
              .readTimeout(SILENCE)
              .writeTimeout(SILENCE)
              .pingInterval(HEARTBEAT);
      peer.address().ifPresent(address -> aim(builder, address));
      return builder.build();
    } catch (GeneralSecurityException e) {
      throw new IOException("the trust anchors cannot be used", e);
    }
  }

  private static X509TrustManager trust(Peer peer) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (var anchor : peer.anchors()) {
      store.setCertificateEntry("anchor-" + number++, anchor);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("the platform judges no certificates"));
  }

  private static SSLContext context(Peer peer, X509TrustManager trust)
      throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var keys =
        peer.identity()
            .map(identity -> new KeyManager[] {new OneIdentity(identity)})
            .orElseGet(() -> new KeyManager[0]);
    context.init(keys, new X509TrustManager[] {trust}, null);
    return context;
  }

  /// The host's name is for TLS and HTTP alone: it is not looked up, and sockets go to the address.
  private static void aim(OkHttpClient.Builder builder, Address address) {
    builder
        .dns(host -> List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})))
        .socketFactory(new Aimed(address));
  }

  /// Sockets that connect to one address, whatever they are told.
  private static final class Aimed extends SocketFactory {
    private final Address address;

    Aimed(Address address) {
      this.address = address;
    }

    @Override
    public Socket createSocket() {
      return new Socket(Proxy.NO_PROXY) {
        @Override
        public void connect(SocketAddress ignored, int timeout) throws IOException {
          super.connect(found(), timeout);
        }
      };
    }

    private InetSocketAddress found() throws IOException {
      var all = Dns.SYSTEM.lookup(address.host());
      return new InetSocketAddress(all.get(0), address.port());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(Optional.empty());
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(Optional.of(new InetSocketAddress(from, fromPort)));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(Optional.empty());
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(Optional.of(new InetSocketAddress(from, fromPort)));
    }

    private Socket connected(Optional<SocketAddress> from) throws IOException {
      var socket = createSocket();
      if (from.isPresent()) {
        socket.bind(from.get());
      }
      socket.connect(found(), Math.toIntExact(CONNECT.toMillis()));
      return socket;
    }
  }
}

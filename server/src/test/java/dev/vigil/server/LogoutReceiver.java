// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vigil.testkit.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A registered app that hears over HTTPS that sessions ended, with a certificate of an authority
/// of its own.
final class LogoutReceiver implements AutoCloseable {

  private static final char[] NONE = new char[0];

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final HttpsServer server;
  private volatile int status;

  private LogoutReceiver(HttpsServer server, int status) {
    this.server = server;
    this.status = status;
  }

  /// A port that is free now.
  static LogoutReceiver start(TestCa authority, int port, int status) throws Exception {
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(authority)));
    var receiver = new LogoutReceiver(server, status);
    server.createContext("/logout", receiver::answer);
    server.start();
    return receiver;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  void answers(int next) {
    status = next;
  }

  /// The next form that it was sent, waiting so long.
  Optional<String> next(int seconds) throws InterruptedException {
    return Optional.ofNullable(heard.poll(seconds, TimeUnit.SECONDS));
  }

  private static SSLContext context(TestCa authority) throws Exception {
    var leaf = authority.server(List.of("localhost"));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, NONE);
    Certificate[] chain = {leaf.certificate(), authority.certificate()};
    store.setKeyEntry("server", leaf.key(), NONE, chain);
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NONE);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  /// What a platform trusts whose administrator added this authority.
  static SSLContext trusting(TestCa authority) throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, NONE);
      store.setCertificateEntry("authority", authority.certificate());
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      var tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The SDK's sockets on Vert.x and Netty: HTTP/1.1 over TLS, each peer with its own connections.
/// Not for event loops; it blocks.
public final class VertxTransport implements Transport, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Network network;
  private final Map<Peer, HttpClient> clients = new HashMap<>();
  private final Sockets sockets;

  /// A phone on this network.
  public VertxTransport(Vertx vertx, Network network) {
    this.vertx = vertx;
    this.network = network;
    this.sockets = new Sockets(network.local());
  }

  /// The world as this phone finds it.
  ///
  /// @param local the address to bind to, such as `127.0.3.7`; empty for whichever the system picks
  /// @param hosts where names lead that no resolver knows; certificates are checked for the name
  ///   all the same
  public record Network(Optional<String> local, Map<String, Address> hosts) {

    /// The system's own addresses and names.
    public static final Network PLAIN = new Network(Optional.empty(), Map.of());

    public Network {
      hosts = Map.copyOf(hosts);
    }
  }

  @Override
  public Response send(Request request, Peer peer) throws IOException {
    var options = aimed(request, peer).setMethod(HttpMethod.valueOf(request.method()));
    var body = Buffer.buffer(request.body().bytes());
    return await(client(peer).request(options).compose(out -> answered(out, body)));
  }

  /// Listens before it sends: were it the other way round, a quick answer could end before anybody
  /// had asked for its body.
  private static Future<Response> answered(HttpClientRequest out, Buffer body) {
    Future<Response> answer =
        out.response()
            .map(in -> new Response(in.statusCode(), headers(in.headers()), new StreamedBody(in)));
    var _ = body.length() == 0 ? out.end() : out.end(body);
    return answer;
  }

  @Override
  public Opening open(Request request, Peer peer, StreamListener listener) throws IOException {
    var uri = request.uri();
    return await(
        sockets.open(
            request,
            address(uri, peer).orElse(new Address(uri.getHost(), port(uri))),
            peer,
            listener));
  }

  private RequestOptions aimed(Request request, Peer peer) {
    var uri = request.uri();
    var options =
        new RequestOptions()
            .setSsl(true)
            .setHost(uri.getHost())
            .setPort(port(uri))
            .setURI(target(uri))
            .setFollowRedirects(false);
    address(uri, peer)
        .ifPresent(address ->
            options.setServer(SocketAddress.inetSocketAddress(address.port(), address.host())));
    request.headers().fields().forEach(field -> options.addHeader(field.name(), field.value()));
    return options;
  }

  private Optional<Address> address(URI uri, Peer peer) {
    return peer.address().or(() -> Optional.ofNullable(network.hosts().get(uri.getHost())));
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? 443 : uri.getPort();
  }

  private static String target(URI uri) {
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private synchronized HttpClient client(Peer peer) throws IOException {
    var known = clients.get(peer);
    if (known != null) return known;
    var config =
        new HttpClientConfig()
            .setSsl(true)
            .setVerifyHost(true)
            .setVersions(HttpVersion.HTTP_1_1)
            .setConnectTimeout(CONNECT);
    network
        .local()
        .ifPresent(address ->
            config.getTcpConfig().setLocalAddress(SocketAddress.inetSocketAddress(0, address)));
    var made = vertx.createHttpClient(config, tls(peer));
    clients.put(peer, made);
    return made;
  }

  private static ClientSSLOptions tls(Peer peer) throws IOException {
    try {
      var trust = new PemTrustOptions();
      for (var anchor : peer.anchors()) {
        trust.addCertValue(Buffer.buffer(pem(anchor.getEncoded())));
      }
      var options =
          new ClientSSLOptions().setTrustOptions(trust).setHostnameVerificationAlgorithm("HTTPS");
      if (peer.identity().isPresent()) {
        options.setKeyCertOptions(KeyCertOptions.wrap(new OneIdentity(peer.identity().get())));
      }
      return options;
    } catch (GeneralSecurityException e) {
      throw new IOException("the phone's key or trust anchors could not be used", e);
    }
  }

  private static String pem(byte[] der) {
    var text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
  }

  private static Headers headers(MultiMap map) {
    var fields = new ArrayList<Headers.Field>();
    map.forEach((name, value) -> fields.add(new Headers.Field(name, value)));
    return Headers.of(fields);
  }

  private static <T> T await(Future<T> future) throws IOException {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw untrusted(e) ? new UntrustedServerException(e) : new IOException("no answer", e);
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting");
    }
  }

  private static boolean untrusted(Throwable thrown) {
    for (var cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathValidatorException
          || cause instanceof CertPathBuilderException) return true;
    }
    return false;
  }

  /// Drops every connection and all that was kept for its peer, as a phone does that changes its
  /// network.
  public synchronized void disconnect() {
    clients.values().forEach(client -> client.close());
    clients.clear();
    sockets.disconnect();
  }

  @Override
  public void close() {
    disconnect();
    sockets.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import dev.vigil.sdk.port.UntrustedServerException;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/// Sockets, TLS and HTTP by OkHttp: mutual TLS with the key store's handle and no certificate
/// picker, HTTP/1.1 and HTTP/2, WebSockets. Each peer has its own connections. Blocks; not for the
/// main thread.
public final class AndroidTransport implements Transport, AutoCloseable {

  private static final int MOST_PEERS = 4;

  private final Map<Peer, OkHttpClient> clients = new LinkedHashMap<>(8, 0.75f, true);

  @Override
  public Response send(Request request, Peer peer) throws IOException {
    try {
      return received(client(peer).newCall(outgoing(request)).execute());
    } catch (IOException e) {
      throw judged(e);
    } catch (OneIdentity.KeyUnusable e) {
      throw new IOException("the device's key cannot be used", e);
    }
  }

  @Override
  public Opening open(Request request, Peer peer, StreamListener listener) throws IOException {
    var stream = new Stream(listener);
    var unused = client(peer).newWebSocket(outgoing(request), stream);
    try {
      return stream.opening();
    } catch (IOException e) {
      throw judged(e);
    }
  }

  private static okhttp3.Request outgoing(Request request) throws IOException {
    var builder = new okhttp3.Request.Builder().url(address(request.uri()));
    request.headers().fields().forEach(field -> builder.addHeader(field.name(), field.value()));
    if (request.headers().first("Accept-Encoding").isEmpty()) {
      builder.header("Accept-Encoding", "identity");
    }
    if (request.headers().first("User-Agent").isEmpty()) {
      builder.header("User-Agent", "vigil-android");
    }
    return builder.method(request.method(), content(request)).build();
  }

  /// The address as it stands: what was approved for one path must not be sent to another spelling
  /// of it.
  private static HttpUrl address(URI uri) throws IOException {
    var url = HttpUrl.parse(uri.toString().replaceFirst("^wss:", "https:"));
    if (url == null || !url.isHttps()) {
      throw new IOException("the address is not an https address");
    }
    var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    if (!url.encodedPath().equals(path)) {
      throw new IOException("the path of the address is not in its plain form");
    }
    return url;
  }

  private static @Nullable RequestBody content(Request request) throws IOException {
    var bytes = request.body().bytes();
    return switch (request.method()) {
      case "GET", "HEAD" -> {
        if (bytes.length > 0) {
          throw new IOException("a " + request.method() + " carries no content here");
        }
        yield null;
      }
      default -> RequestBody.create(bytes, null);
    };
  }

  static Response received(okhttp3.Response response) {
    return new Response(response.code(), headers(response.headers()), response.body().byteStream());
  }

  static Headers headers(okhttp3.Headers received) {
    var fields = new ArrayList<Headers.Field>();
    received.forEach(field -> fields.add(new Headers.Field(field.getFirst(), field.getSecond())));
    return Headers.of(fields);
  }

  private synchronized OkHttpClient client(Peer peer) throws IOException {
    var known = clients.get(peer);
    if (known != null) {
      return known;
    }
    while (clients.size() >= MOST_PEERS) {
      var eldest = clients.keySet().iterator().next();
      retire(clients.remove(eldest));
    }
    var made = Pinned.client(peer);
    clients.put(peer, made);
    return made;
  }

  /// Lets what is under way end; nothing new is begun.
  private static void retire(@Nullable OkHttpClient client) {
    if (client != null) {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private static IOException judged(IOException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathValidatorException
          || cause instanceof SSLPeerUnverifiedException) {
        return new UntrustedServerException(thrown);
      }
    }
    return thrown;
  }

  /// Drops every connection, as when the network changes or the app ends.
  @Override
  public synchronized void close() {
    clients.values().forEach(AndroidTransport::retire);
    clients.clear();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// HTTP to one server that proves itself by its certificate. Redirects are not followed.
final class Web implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LARGEST = 16L * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client;

  /// @param anchors certificates in PEM that the server's must lead to; empty for those of the
  ///   machine
  Web(String anchors) {
    var builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10));
    if (!anchors.isEmpty()) builder.sslContext(trusting(anchors));
    this.client = builder.build();
  }

  private static SSLContext trusting(String anchors) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var pem = new ByteArrayInputStream(anchors.getBytes(StandardCharsets.US_ASCII));
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem))
        store.setCertificateEntry("anchor-" + store.size(), certificate);
      if (store.size() == 0) throw new GeneralSecurityException("no certificate");
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new Failure(
          Exit.REFUSED,
          "the trust anchor cannot be used",
          "the file holds no certificate in PEM",
          "give `--ca` the certificate of the server's own authority");
    }
  }

  /// An answer, read whole.
  record Reply(int status, Map<String, String> headers, JsonNode body) {
    boolean fine() {
      return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /// One request.
  ///
  /// @param type of the content; empty for none
  record Ask(String method, URI address, String type, String content, Map<String, String> headers) {
    Ask {
      headers = Map.copyOf(headers);
    }
  }

  /// @throws Failure if there is no answer that can be understood
  Reply send(Ask ask) {
    try {
      var response =
          client.send(
              request(ask),
              HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
      var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      response
          .headers()
          .map()
          .forEach((name, values) -> headers.put(name, String.join(", ", values)));
      return new Reply(response.statusCode(), headers, json(response.body()));
    } catch (SSLException e) {
      throw new Failure(
          Exit.UNREACHABLE,
          "`" + host(ask) + "` could not prove who it is",
          "its certificate does not lead to a trusted authority, or names another host",
          "give `vigil login` the authority's certificate with `--ca`");
    } catch (IOException e) {
      throw new Failure(
          Exit.UNREACHABLE,
          "`" + host(ask) + "` does not answer",
          "there was no connection, or no answer in time",
          "check that the server runs and the address is right");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.REFUSED, "interrupted", "", "");
    }
  }

  private static HttpRequest request(Ask ask) {
    var content =
        ask.content().isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(ask.content());
    var request =
        HttpRequest.newBuilder(ask.address())
            .timeout(PATIENCE)
            .method(ask.method(), content)
            .header("Accept", "application/json");
    if (!ask.type().isEmpty()) request.header("Content-Type", ask.type());
    ask.headers().forEach(request::header);
    return request.build();
  }

  private static String host(Ask ask) {
    return String.valueOf(ask.address().getRawAuthority());
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

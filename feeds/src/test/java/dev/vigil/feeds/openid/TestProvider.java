// SPDX-License-Identifier: Apache-2.0
package dev.vigil.feeds.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vigil.admission.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A provider on a loopback port that answers as the test says, honestly or not.
final class TestProvider implements AutoCloseable {

  final String issuer;
  final Map<String, Object> discovery = new LinkedHashMap<>();
  final AtomicInteger keyFetches = new AtomicInteger();
  final List<Map<String, String>> tokenRequests = new ArrayList<>();
  final List<String> authorizations = new ArrayList<>();
  List<JWK> published = new ArrayList<>();
  ECKey key = newKey("first");
  Supplier<String> idToken = () -> "";
  Supplier<Map<String, Object>> graph = Map::of;

  /// What the next answer of a path is instead: `slow`, `huge`, `redirect` or `down`.
  final Map<String, String> misbehave = new LinkedHashMap<>();

  private final HttpServer server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final java.util.concurrent.ExecutorService threads =
      Executors.newVirtualThreadPerTaskExecutor();

  TestProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    discovery.put("issuer", issuer);
    discovery.put("authorization_endpoint", issuer + "/authorize");
    discovery.put("token_endpoint", issuer + "/token");
    discovery.put("jwks_uri", issuer + "/keys");
    discovery.put("authorization_response_iss_parameter_supported", true);
    published.add(key.toPublicJWK());
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static ECKey newKey(String kid) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (misbehave.getOrDefault(path, "")) {
      case "slow" -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        awaitClose();
        exchange.close();
      }
      case "huge" -> send(exchange, 200, "{\"x\":\"" + "x".repeat(2_000_000) + "\"}");
      case "redirect" -> {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        send(exchange, 302, "");
      }
      case "down" -> send(exchange, 503, "");
      default -> honest(exchange, path);
    }
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void honest(HttpExchange exchange, String path) throws IOException {
    if (path.endsWith("/.well-known/openid-configuration")) {
      send(exchange, 200, StrictJson.write(discovery));
    } else if (path.equals("/keys")) {
      keyFetches.incrementAndGet();
      send(exchange, 200, new JWKSet(published).toString(true));
    } else if (path.equals("/token")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(authorizations::add);
      tokenRequests.add(form(exchange));
      send(
          exchange,
          200,
          StrictJson.write(
              Map.of("id_token", idToken.get(), "access_token", "graph-token", "expires_in", 300)));
    } else if (path.startsWith("/v1.0/me/")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
          .ifPresent(authorizations::add);
      send(exchange, 200, StrictJson.write(graph.get()));
    } else {
      send(exchange, 404, "");
    }
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var form = new LinkedHashMap<String, String>();
    for (String pair : body.split("&")) {
      var parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// Signs with the provider's key.
  String signed(JWTClaimsSet claims) {
    return signed(claims, "JWT");
  }

  String signed(JWTClaimsSet claims, String type) {
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(type))
            .keyID(key.getKeyID())
            .build(),
        claims);
  }

  String signed(JWSHeader header, JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(header, claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}

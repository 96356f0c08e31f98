// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.vigil.kernel.AppId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// An enterprise app behind the gateway. It believes nobody but the signed identity header, and of
/// that only what is meant for it.
public final class UpstreamApp implements AutoCloseable {

  private final AppId id;
  private final DefaultJWTProcessor<SecurityContext> assertions = new DefaultJWTProcessor<>();
  private final HttpServer server;
  private final AtomicInteger payments = new AtomicInteger();

  private UpstreamApp(Vertx vertx, AppId id, String host, JWKSet keys) {
    this.id = id;
    assertions.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("vigil-identity+jwt")));
    assertions.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
    assertions.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(id.value(), null, Set.of("sub", "exp", "iat")));
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(host).setPort(0))
            .requestHandler(this::answer);
  }

  /// Starts the app on a loopback address; `keys` are those that verify the identity header.
  public static UpstreamApp start(Vertx vertx, AppId id, String host, JWKSet keys) {
    var app = new UpstreamApp(vertx, id, host, keys);
    app.server.listen().await();
    return app;
  }

  /// Where the gateway reaches it.
  public URI address(String host) {
    return URI.create("http://" + host + ":" + server.actualPort());
  }

  /// How many payments were carried out.
  public int payments() {
    return payments.get();
  }

  private void answer(HttpServerRequest request) {
    var claims = whoever(request);
    if (claims.isEmpty()) {
      request.response().setStatusCode(403).end("no identity header for " + id);
      return;
    }
    String subject = claims.get().getSubject();
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade")))
      request.toWebSocket().onSuccess(this::tick);
    else if ("/payments".equals(request.path()) && "POST".equals(request.method().name()))
      pay(request, subject);
    else if ("/headers".equals(request.path())) json(request, 200, headers(request));
    else
      json(
          request,
          200,
          new JsonObject()
              .put("app", id.value())
              .put("subject", subject)
              .put("path", request.path()));
  }

  private Optional<JWTClaimsSet> whoever(HttpServerRequest request) {
    try {
      return Optional.of(
          assertions.process(
              Optional.ofNullable(request.getHeader("Vigil-Assertion")).orElse(""), null));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  /// The headers as they arrived, names in lower case, for whoever checks what gets through.
  private static JsonObject headers(HttpServerRequest request) {
    var arrived = new JsonObject();
    for (String name : request.headers().names())
      arrived.put(name.toLowerCase(Locale.ROOT), String.join(", ", request.headers().getAll(name)));
    return arrived;
  }

  private void pay(HttpServerRequest request, String subject) {
    request
        .body()
        .onSuccess(body -> {
          var payment = body.toJsonObject();
          payments.incrementAndGet();
          json(
              request,
              201,
              new JsonObject()
                  .put("paid", payment.getString("amount"))
                  .put("payee", payment.getString("payee"))
                  .put("by", subject));
        });
  }

  private void tick(ServerWebSocket socket) {
    socket.writeTextMessage("balance of " + id);
    socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text));
  }

  private static void json(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }

  @Override
  public void close() {
    server.close().await();
  }
}

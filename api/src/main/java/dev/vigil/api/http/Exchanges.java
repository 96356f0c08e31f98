// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests from the connection to their handler and the answers back: finds the route,
/// counts, reads the whole content within its limits, proves the caller, runs the handler on a
/// virtual thread.
final class Exchanges {

  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private static final int AT_ONCE = 512;

  private final ApiServer.Edge edge;
  private final Listener listener;
  private final Routes routes;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Map<Route<?>, RateLimit> limits = new ConcurrentHashMap<>();

  Exchanges(ApiServer.Edge edge, Listener listener, Routes routes) {
    this.edge = edge;
    this.listener = listener;
    this.routes = routes;
  }

  void accept(HttpServerRequest http) {
    var reply = new Reply(http, "req_" + Bytes.of(edge.entropy().bytes(12)), listener);
    try {
      accept(http, reply);
    } catch (Request.Malformed e) {
      reply.refuseUnread(EdgeRefusal.MALFORMED, e.says());
    }
  }

  private void accept(HttpServerRequest http, Reply reply) {
    if (!named(http)) {
      reply.refuseUnread(EdgeRefusal.MISDIRECTED, "");
      return;
    }
    String path = Optional.ofNullable(http.path()).orElse("");
    switch (routes.match(http.method().name(), path)) {
      case Routes.Match.Nothing _ -> reply.refuseUnread(EdgeRefusal.NO_SUCH_PATH, "");
      case Routes.Match.OtherMethods(String allow) ->
          reply.refuseUnread(Response.problem(EdgeRefusal.METHOD, "").with("Allow", allow));
      case Routes.Match.Found found -> take(http, reply, found);
    }
  }

  /// Whether the request names this listener: a page under another name must not talk to us (DNS
  /// rebinding).
  private boolean named(HttpServerRequest http) {
    var authority = http.authority();
    if (authority == null) return false;
    URI origin = listener.origin();
    int standard = "https".equals(origin.getScheme()) ? 443 : 80;
    int expected = origin.getPort() < 0 ? standard : origin.getPort();
    int given = authority.port() <= 0 ? standard : authority.port();
    return given == expected && authority.host().equalsIgnoreCase(origin.getHost());
  }

  private void take(HttpServerRequest http, Reply reply, Routes.Match.Found found) {
    var route = found.route();
    var wait =
        route
            .perSource()
            .map(rate ->
                limits
                    .computeIfAbsent(route, _ -> new RateLimit(rate, edge.time()))
                    .use(source(http)))
            .orElse(Duration.ZERO);
    if (!wait.isZero()) {
      reply.refuseUnread(Response.tooOften(wait));
    } else if (contentRefusal(http, route.body())
        instanceof Outcome.Refused<Body>(Refusal refusal, String detail)) {
      reply.refuseUnread(
          Response.problem(refusal, detail).with("Accept-Post", route.body().mediaType()));
      tooLarge(route, source(http), refusal);
    } else {
      read(http, reply, found);
    }
  }

  private static Outcome<Body> contentRefusal(HttpServerRequest http, Body body) {
    String length = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean present =
        length == null
            ? http.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
            : !"0".equals(length);
    if (body.mediaType().isEmpty())
      return present
          ? Outcome.refused(EdgeRefusal.TOO_LARGE, "this path takes no content")
          : Outcome.done(body);
    if (length != null && (length.length() > 9 || Long.parseLong(length) > body.limit()))
      return Outcome.refused(EdgeRefusal.TOO_LARGE, "at most " + body.limit() + " bytes");
    String type = http.getHeader(HttpHeaders.CONTENT_TYPE);
    String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean encoded = http.getHeader(HttpHeaders.CONTENT_ENCODING) != null;
    return body.takes(bare) && !encoded
        ? Outcome.done(body)
        : Outcome.refused(EdgeRefusal.MEDIA_TYPE, "this path takes `" + body.mediaType() + "`");
  }

  private void read(HttpServerRequest http, Reply reply, Routes.Match.Found found) {
    var content = Buffer.buffer();
    int limit = found.route().body().limit();
    long timer =
        edge.vertx()
            .setTimer(
                edge.bodyTimeout().toMillis(), _ -> reply.refuseUnread(EdgeRefusal.SLOW_BODY, ""));
    http.exceptionHandler(_ -> edge.vertx().cancelTimer(timer));
    http.handler(part -> {
      if (reply.sent()) return;
      if (content.length() + part.length() > limit) {
        edge.vertx().cancelTimer(timer);
        reply.refuseUnread(EdgeRefusal.TOO_LARGE, "at most " + limit + " bytes");
        tooLarge(found.route(), source(http), EdgeRefusal.TOO_LARGE);
      } else {
        content.appendBuffer(part);
      }
    });
    http.endHandler(_ -> {
      edge.vertx().cancelTimer(timer);
      if (!reply.sent()) run(request(http, reply, found, content), found.route(), reply);
    });
  }

  /// Recorded away from the event loop, which must not wait for the store.
  private static void tooLarge(Route<?> route, String source, Refusal refusal) {
    if (refusal != EdgeRefusal.TOO_LARGE) return;
    var call = new RefusedCalls.Call(route.method(), route.path(), source);
    Thread.ofVirtual()
        .start(() -> {
          try {
            route.caller().refused(call, refusal);
          } catch (Store.StoreUnavailable e) {
            LOG.warn("a refusal could not be recorded", e);
          }
        });
  }

  private Request request(
      HttpServerRequest http, Reply reply, Routes.Match.Found found, Buffer content) {
    var headers = new LinkedHashMap<String, List<String>>();
    for (String name : http.headers().names())
      headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(http.headers().getAll(name)));
    String query = Optional.ofNullable(http.query()).orElse("");
    return new Request(
        reply.id(),
        listener.origin(),
        http.method().name(),
        http.path(),
        found.segments(),
        query,
        headers,
        Bytes.of(content.getBytes()),
        source(http),
        certificate(http));
  }

  private static String source(HttpServerRequest http) {
    return http.remoteAddress().hostAddress();
  }

  private Optional<X509Certificate> certificate(HttpServerRequest http) {
    if (!(listener.channel() instanceof Listener.Channel.MutualTls)) return Optional.empty();
    try {
      return http.sslSession().getPeerCertificates()[0] instanceof X509Certificate first
          ? Optional.of(first)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private void run(Request request, Route<?> route, Reply reply) {
    if (!room.tryAcquire()) {
      reply.send(Response.problem(EdgeRefusal.BUSY, "").with("Retry-After", "1"));
      return;
    }
    Thread.ofVirtual()
        .name(request.id())
        .start(() -> {
          try {
            reply.send(answer(request, route));
          } finally {
            room.release();
          }
        });
  }

  /// The one place where everything is caught: an answer is owed whatever happens.
  private static Response answer(Request request, Route<?> route) {
    try {
      return readable(request, route);
    } catch (Tx.Conflict e) {
      return Response.problem(EdgeRefusal.CONFLICT, "");
    } catch (Store.StoreUnavailable e) {
      LOG.error(
          "{} {} {}: the store is unavailable", request.id(), route.method(), route.path(), e);
      return Response.problem(EdgeRefusal.STORE, "").with("Retry-After", "1");
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} {} {}", request.id(), route.method(), route.path(), e);
      return Response.problem(EdgeRefusal.UNEXPECTED, "");
    }
  }

  private static Response readable(Request request, Route<?> route) {
    try {
      return proven(request, route);
    } catch (Request.Malformed e) {
      route.caller().refused(RefusedCalls.Call.of(request, route.path()), EdgeRefusal.MALFORMED);
      return Response.problem(EdgeRefusal.MALFORMED, e.says());
    }
  }

  private static <P> Response proven(Request request, Route<P> route) {
    return switch (route.caller().prove(request)) {
      case Outcome.Done<P>(P proven) -> route.handler().handle(request, proven);
      case Outcome.Refused<P>(Refusal refusal, String detail) -> {
        route.caller().refused(RefusedCalls.Call.of(request, route.path()), refusal);
        yield challenged(Response.problem(refusal, detail), refusal);
      }
    };
  }

  private static Response challenged(Response response, Refusal refusal) {
    if (refusal == ScimRefusal.TOKEN)
      return response.with("WWW-Authenticate", "Bearer realm=\"scim\", error=\"invalid_token\"");
    return refusal.status() == 401
        ? response.with(
            "WWW-Authenticate",
            "DPoP algs=\"ES256\", error=\""
                + (refusal.code().startsWith("proof.") ? "invalid_dpop_proof" : "invalid_token")
                + "\"")
        : response;
  }
}

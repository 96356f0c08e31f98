// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.admission.StrictJson;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// The one answer to a request, on its way out. Whoever is first answers; later answers are
/// dropped.
final class Reply {

  private static final long LINGER_MILLIS = 500;

  private static final String STRICT_CSP =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private static final Pattern REPEATABLE = Pattern.compile("[!-~]{1,128}");

  private final HttpServerRequest http;
  private final String id;
  private final Listener listener;
  private final Context context = Vertx.currentContext();
  private final AtomicBoolean sent = new AtomicBoolean();

  Reply(HttpServerRequest http, String id, Listener listener) {
    this.http = http;
    this.id = id;
    this.listener = listener;
  }

  String id() {
    return id;
  }

  boolean sent() {
    return sent.get();
  }

  void send(Response response) {
    if (sent.compareAndSet(false, true))
      context.runOnContext(_ -> write(response).onFailure(_ -> http.connection().close()));
  }

  /// Answers before the content was read, and closes the connection a moment later: what still
  /// comes is dropped. Were it closed with content unread, TCP would reset it, and the answer could
  /// be lost.
  void refuseUnread(Response response) {
    if (!sent.compareAndSet(false, true)) return;
    if (http.version() == HttpVersion.HTTP_2) {
      write(response);
    } else {
      http.response().putHeader("Connection", "close");
      write(response)
          .onComplete(_ -> context.owner().setTimer(LINGER_MILLIS, _ -> http.connection().close()));
    }
  }

  void refuseUnread(Refusal refusal, String detail) {
    refuseUnread(Response.problem(refusal, detail));
  }

  private Future<Void> write(Response response) {
    var out = http.response();
    if (out.closed() || out.ended()) return Future.succeededFuture();
    defaults(out);
    response.headers().forEach(out::putHeader);
    return switch (response) {
      case Response.Json(int status, Object value, Map<String, String> _) ->
          end(out, status, "application/json", json(value));
      case Response.Content(int status, String type, Bytes bytes, Map<String, String> _) ->
          end(out, status, type, bytes.toArray());
      case Response.Redirect redirect ->
          end(
              out.putHeader("Location", redirect.location().toString()),
              303,
              "text/plain",
              new byte[0]);
      case Response.NoContent _ -> out.setStatusCode(204).end();
      case Response.Problem problem -> {
        var form = ErrorForm.at(Optional.ofNullable(http.path()).orElse(""));
        yield end(
            out, problem.refusal().status(), form.mediaType(), json(form.document(problem, id)));
      }
    };
  }

  private void defaults(HttpServerResponse out) {
    requestId().ifPresent(given -> out.putHeader("X-Request-ID", given));
    out.putHeader("Vigil-Request-Id", id)
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Content-Security-Policy", STRICT_CSP);
    if (!(listener.channel() instanceof Listener.Channel.PlainLoopback))
      out.putHeader("Strict-Transport-Security", "max-age=31536000");
  }

  /// The caller's own identifier of the request, if it can be repeated: one, short and plain.
  private Optional<String> requestId() {
    var given = http.headers().getAll("X-Request-ID");
    return given.size() == 1 && REPEATABLE.matcher(given.getFirst()).matches()
        ? Optional.of(given.getFirst())
        : Optional.empty();
  }

  private static byte[] json(Object value) {
    return StrictJson.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static Future<Void> end(HttpServerResponse out, int status, String type, byte[] bytes) {
    if (!type.isEmpty() && bytes.length > 0) out.putHeader("Content-Type", type);
    return out.setStatusCode(status).end(Buffer.buffer(bytes));
  }
}

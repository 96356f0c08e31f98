// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.DeviceAttestation;
import dev.vigil.access.IdentityAssertions.Bearer;
import dev.vigil.access.Verdict;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;

/// The head of the request that an upstream receives: what the client sent, without what only we
/// may say, and what we say. The host name stays the one the client asked for.
final class UpstreamHead {

  static final String ASSERTION = "Vigil-Assertion";
  static final String DECISION = "Vigil-Decision";

  private UpstreamHead() {}

  static HttpRequest of(Intake.Fit fit, Verdict.Decided decided, Loop loop) {
    var request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, fit.method(), base(fit) + fit.path() + fit.query());
    var headers = request.headers();
    headers.set(HttpHeaderNames.HOST, fit.app().host());
    copy(fit.headers(), HeaderRules.namedByConnection(fit.headers()), headers);
    frame(fit, headers);
    var token = decided.token();
    headers.set(
        ASSERTION,
        loop.assertion(
            new Bearer(
                token.subject(),
                token.session(),
                decided.device(),
                DeviceAttestation.of(decided.request())),
            fit.app().id()));
    headers.set(DECISION, decided.reference().value());
    headers.set("Forwarded", Forwarded.header(fit.client(), fit.app().host()));
    return request;
  }

  private static String base(Intake.Fit fit) {
    String path = fit.app().upstream().getRawPath();
    if (path == null || path.isEmpty()) return "";
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static void copy(HttpHeaders from, Set<String> named, HttpHeaders to) {
    for (var entries = from.iteratorCharSequence(); entries.hasNext(); ) {
      var entry = entries.next();
      String canonical = HeaderRules.canonical(entry.getKey().toString());
      if (!HeaderRules.isStripped(canonical) && !named.contains(canonical))
        to.add(entry.getKey(), entry.getValue());
    }
  }

  private static void frame(Intake.Fit fit, HttpHeaders headers) {
    switch (fit.body()) {
      case Intake.Body.None() -> {
        if (fit.headers().contains(HttpHeaderNames.CONTENT_LENGTH))
          headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
      }
      case Intake.Body.Declared(long bytes) -> headers.set(HttpHeaderNames.CONTENT_LENGTH, bytes);
      case Intake.Body.Streamed() -> headers.set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    if (fit.webSocket()) {
      headers.set(HttpHeaderNames.CONNECTION, "Upgrade");
      headers.set(HttpHeaderNames.UPGRADE, "websocket");
    }
  }
}

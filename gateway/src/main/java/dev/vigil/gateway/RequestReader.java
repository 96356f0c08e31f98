// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.AccessRefusal;
import dev.vigil.access.World;
import dev.vigil.policy.IpAddress;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the head of a request: which app, which path, whose token, how framed. Believes nothing
/// twice: whatever could be read in two ways is refused.
final class RequestReader {

  private static final String BEARER = "bearer ";
  private static final int LONGEST_TOKEN = 8 * 1024;
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final World world;
  private final GatewayConfig config;

  RequestReader(World world, GatewayConfig config) {
    this.world = world;
    this.config = config;
  }

  Intake read(HttpRequest request, Connection connection) {
    var unfit = form(request, connection);
    if (unfit.isPresent()) return unfit.get();
    return switch (Target.of(request, connection)) {
      case Target.Refused(GatewayRefusal refusal) ->
          new Intake.Unfit(refusal, refusal == GatewayRefusal.MALFORMED);
      case Target.Read(String host, String path, String query) ->
          at(request, connection, new Target.Read(host, path, query));
    };
  }

  private Optional<Intake> form(HttpRequest request, Connection connection) {
    if (request.decoderResult().isFailure())
      return refused(ofFailure(request.decoderResult().cause()), true);
    if (connection.protocol() == Connection.Protocol.HTTP_1
        && !request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return refused(GatewayRefusal.VERSION, true);
    }
    var method = request.method().name();
    if (method.equals("CONNECT")) return refused(GatewayRefusal.TUNNEL, true);
    if (method.equals("TRACE") || method.equals("TRACK") || method.equals("PRI"))
      return refused(GatewayRefusal.METHOD, false);
    if (request.headers().size() > config.limits().headers())
      return refused(GatewayRefusal.HEADERS_TOO_LARGE, true);
    return framing(request.headers());
  }

  /// RFC 9112 section 6: the one transfer coding is `chunked`, and nothing may unsay a length.
  private static Optional<Intake> framing(HttpHeaders headers) {
    var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")))
      return refused(GatewayRefusal.MALFORMED, true);
    if (!codings.isEmpty() && headers.contains(HttpHeaderNames.CONTENT_LENGTH))
      return refused(GatewayRefusal.MALFORMED, true);
    var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (lengths.size() > 1
        || !lengths.stream().allMatch(length -> LENGTH.matcher(length).matches()))
      return refused(GatewayRefusal.MALFORMED, true);
    if (headers.contains("transfer_encoding") || headers.contains("content_length"))
      return refused(GatewayRefusal.MALFORMED, true);
    if (HeaderRules.attacksFraming(HeaderRules.namedByConnection(headers)))
      return refused(GatewayRefusal.HEADER, true);
    if (headers.getAll(HttpHeaderNames.AUTHORIZATION).size() > 1)
      return refused(GatewayRefusal.HEADER, false);
    return Optional.empty();
  }

  private static Optional<Intake> refused(GatewayRefusal refusal, boolean close) {
    return Optional.of(new Intake.Unfit(refusal, close));
  }

  private static GatewayRefusal ofFailure(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) return GatewayRefusal.URI_TOO_LONG;
    if (cause instanceof TooLongHttpHeaderException) return GatewayRefusal.HEADERS_TOO_LARGE;
    return GatewayRefusal.MALFORMED;
  }

  private Intake at(HttpRequest request, Connection connection, Target.Read target) {
    var app = world.appAt(target.host());
    if (app.isEmpty()) return new Intake.Unfit(AccessRefusal.APP_UNKNOWN, false);
    var headers = request.headers();
    boolean expects = headers.contains(HttpHeaderNames.EXPECT);
    if (expects && !headers.get(HttpHeaderNames.EXPECT, "").equalsIgnoreCase("100-continue"))
      return new Intake.Unfit(GatewayRefusal.EXPECTATION, true);
    var body = body(request);
    if (body instanceof Intake.Body.Declared(long bytes) && bytes > config.limits().body())
      return new Intake.Unfit(GatewayRefusal.BODY_TOO_LARGE, true);
    return new Intake.Fit(
        app.get(),
        request.method(),
        target.path(),
        target.query(),
        body,
        webSocket(request, connection),
        expects,
        token(headers),
        client(headers, connection),
        headers);
  }

  private static Intake.Body body(HttpRequest request) {
    long length = Long.parseLong(request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "-1"));
    if (length == 0 || (request instanceof FullHttpRequest full && !full.content().isReadable()))
      return new Intake.Body.None();
    if (length > 0) return new Intake.Body.Declared(length);
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        ? new Intake.Body.Streamed()
        : new Intake.Body.None();
  }

  /// An opening handshake of RFC 6455 section 4.1; any other upgrade is ignored, as RFC 9110
  /// section 7.8 allows.
  private static boolean webSocket(HttpRequest request, Connection connection) {
    var headers = request.headers();
    return connection.protocol() == Connection.Protocol.HTTP_1
        && request.method().name().equals("GET")
        && headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
        && headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "").equals("13");
  }

  private static Optional<String> token(HttpHeaders headers) {
    String value = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (value.length() <= BEARER.length() || value.length() > LONGEST_TOKEN)
      return Optional.empty();
    if (!value.substring(0, BEARER.length()).toLowerCase(Locale.ROOT).equals(BEARER))
      return Optional.empty();
    return Optional.of(value.substring(BEARER.length()).strip());
  }

  private Optional<IpAddress> client(HttpHeaders headers, Connection connection) {
    if (!believed(connection.client())) return Optional.of(connection.client());
    List<String> lines = headers.getAll(Forwarded.HEADER);
    return lines.isEmpty()
        ? Optional.of(connection.client())
        : Forwarded.client(lines, this::believed);
  }

  private boolean believed(IpAddress address) {
    return config.forwardedPeers().stream().anyMatch(block -> block.contains(address));
  }
}

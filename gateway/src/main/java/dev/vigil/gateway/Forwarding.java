// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.policy.Obligations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An allowed request on its way to the upstream and its response on the way back, streamed, each
/// side no faster than the other takes.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class Forwarding {

  /// RFC 9110 section 9.2.2, of those without a body.
  private static final Set<HttpMethod> REPEATABLE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

  /// What is to be sent.
  ///
  /// @param collected the body of a transaction
  record Order(
      Intake.Fit fit, HttpRequest head, Optional<byte[]> collected, Obligations obligations) {

    /// Whether everything is known already, so that it goes in one piece.
    boolean whole() {
      return collected.isPresent() || fit.body() instanceof Intake.Body.None;
    }
  }

  private enum State {
    CONNECTING,
    SENDING,
    ANSWERING,
    UPGRADING,
    RELAYING,
    OVER
  }

  private final Exchange exchange;
  private final ClientSide client;
  private final Shared shared;
  private final Loop loop;
  private final Order order;
  private State state = State.CONNECTING;
  private @Nullable UpstreamSide upstream;
  private @Nullable Relay relay;
  private long bodyBytes;
  private boolean sent;
  private boolean mayRepeat;
  private boolean informational;
  private boolean reusable;
  private boolean endless;

  Forwarding(Exchange exchange, ClientSide client, Shared shared, Loop loop, Order order) {
    this.exchange = exchange;
    this.client = client;
    this.shared = shared;
    this.loop = loop;
    this.order = order;
  }

  /// Whether the head of a response has gone to the client.
  boolean answering() {
    return state == State.ANSWERING || state == State.UPGRADING || state == State.RELAYING;
  }

  void begin() {
    loop.pool().lease(Origin.of(order.fit().app().upstream()), this::leased);
    if (order.whole() && !client.requestComplete()) client.wantMore();
  }

  private void leased(UpstreamPool.Lease lease) {
    switch (lease) {
      case UpstreamPool.Lease.Failed() -> {
        shared.counters().upstreamFailed.increment();
        if (state != State.OVER) exchange.fail(GatewayRefusal.UPSTREAM_UNREACHABLE);
      }
      case UpstreamPool.Lease.Ready(UpstreamSide side, boolean reused) -> {
        if (state == State.OVER) side.release();
        else send(side, reused);
      }
    }
  }

  private void send(UpstreamSide side, boolean reused) {
    upstream = side;
    side.use(this);
    state = State.SENDING;
    mayRepeat =
        reused
            && order.whole()
            && order.collected().isEmpty()
            && REPEATABLE.contains(order.fit().method());
    if (order.whole()) {
      sent = true;
      side.context().writeAndFlush(whole());
      client.await(ClientSide.Waiting.ANSWER, shared.config().limits().answer());
    } else {
      side.context().writeAndFlush(order.head());
      if (order.fit().expectsContinue()) client.sendContinue();
      wantBody();
    }
  }

  private HttpRequest whole() {
    var head = order.head();
    var body = order.collected().map(Unpooled::wrappedBuffer).orElse(Unpooled.EMPTY_BUFFER);
    if (order.collected().isPresent()) {
      head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    return new DefaultFullHttpRequest(
        head.protocolVersion(),
        head.method(),
        head.uri(),
        body,
        head.headers(),
        DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders());
  }

  private void wantBody() {
    client.await(ClientSide.Waiting.BODY, shared.config().limits().bodyPause());
    client.wantMore();
  }

  /// A part of the request's body.
  void fromClient(HttpContent content) {
    if (upstream == null || order.whole() || sent || state == State.OVER) {
      content.release();
      return;
    }
    bodyBytes += content.content().readableBytes();
    if (bodyBytes > shared.config().limits().body()) {
      content.release();
      exchange.fail(GatewayRefusal.BODY_TOO_LARGE);
      return;
    }
    sent = content instanceof LastHttpContent;
    upstream.context().writeAndFlush(withoutTrailers(content));
    if (sent) awaitAnswer();
    else if (upstream.channel().isWritable()) wantBody();
    else awaitAnswer();
  }

  /// A trailer could say what only our headers may.
  private static HttpContent withoutTrailers(HttpContent content) {
    return content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()
        ? new DefaultLastHttpContent(content.content())
        : content;
  }

  private void awaitAnswer() {
    if (state == State.SENDING)
      client.await(ClientSide.Waiting.ANSWER, shared.config().limits().answer());
  }

  /// The upstream takes more of the request.
  void upstreamTakesMore() {
    if (relay != null) relay.balance();
    else if (!order.whole() && !sent && (state == State.SENDING || state == State.ANSWERING))
      wantBody();
  }

  /// Whatever comes from the upstream.
  void fromUpstream(Object message) {
    if (state == State.OVER) ReferenceCountUtil.release(message);
    else if (message instanceof HttpResponse response) head(response);
    else if (message instanceof HttpContent content) content(content);
    else if (message instanceof ByteBuf bytes && relay != null) relay.fromUpstream(bytes);
    else ReferenceCountUtil.release(message);
  }

  private void head(HttpResponse response) {
    var status = response.status();
    boolean odd =
        response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).stream()
            .anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    if (response.decoderResult().isFailure()
        || odd
        || (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS) && !upgrades(response))) {
      ReferenceCountUtil.release(response);
      exchange.fail(GatewayRefusal.UPSTREAM_BROKEN);
    } else if (status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      upgrade(response);
    } else if (status.codeClass() == HttpStatusClass.INFORMATIONAL) {
      informational = true;
    } else if (Enforced.refusesResponse(order.obligations(), response.headers())) {
      exchange.fail(GatewayRefusal.DOWNLOAD);
    } else {
      answer(response);
    }
  }

  private void answer(HttpResponse response) {
    state = State.ANSWERING;
    mayRepeat = false;
    reusable = HttpUtil.isKeepAlive(response);
    HeaderRules.stripResponse(response.headers());
    boolean bodiless =
        order.fit().method().equals(HttpMethod.HEAD)
            || response.status().equals(HttpResponseStatus.NO_CONTENT)
            || response.status().equals(HttpResponseStatus.NOT_MODIFIED);
    if (!bodiless && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH))
      HttpUtil.setTransferEncodingChunked(response, true);
    endless =
        response
            .headers()
            .get(HttpHeaderNames.CONTENT_TYPE, "")
            .toLowerCase(Locale.ROOT)
            .startsWith("text/event-stream");
    awaitMoreAnswer();
    client.writeHead(response);
  }

  private void awaitMoreAnswer() {
    if (endless) client.awaitNothing();
    else client.await(ClientSide.Waiting.ANSWER, shared.config().limits().answerPause());
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (informational || state == State.UPGRADING) {
      content.release();
      if (last && state == State.UPGRADING) upgraded();
      informational &= !last;
    } else if (content.decoderResult().isFailure()) {
      content.release();
      exchange.fail(GatewayRefusal.UPSTREAM_BROKEN);
    } else if (last) {
      answered(content);
    } else {
      client.context().write(content);
      awaitMoreAnswer();
      if (!client.writable()) balance();
    }
  }

  private void answered(HttpContent last) {
    state = State.OVER;
    if (upstream != null) {
      if (reusable && sent) upstream.release();
      else upstream.discard();
    }
    exchange.answered(last);
  }

  private boolean upgrades(HttpResponse response) {
    return order.fit().webSocket()
        && state == State.SENDING
        && response
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /// RFC 6455 section 4.2.2: the upstream accepts; what follows on both sides are frames.
  private void upgrade(HttpResponse response) {
    state = State.UPGRADING;
    HeaderRules.stripResponse(response.headers());
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    client.context().write(response);
    client.context().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void upgraded() {
    if (upstream == null) return;
    shared.counters().upgraded.increment();
    state = State.RELAYING;
    relay = new Relay(client.context(), upstream.context());
    client.becomeRelay();
    upstream.channel().pipeline().remove(UpstreamSide.CODEC);
    relay.balance();
  }

  void fromRelayedClient(ByteBuf bytes) {
    if (relay != null && state == State.RELAYING) relay.fromClient(bytes);
    else bytes.release();
  }

  /// The client's side has delivered what it has for now.
  void flush() {
    if (relay != null) relay.flushUpstream();
  }

  /// The upstream has delivered what it has for now.
  void upstreamPaused() {
    if (state == State.ANSWERING || state == State.RELAYING) client.context().flush();
  }

  /// The client takes more of the response, or no more for now.
  void balance() {
    if (relay != null) relay.balance();
    else if (upstream != null && state == State.ANSWERING)
      upstream.channel().config().setAutoRead(client.writable());
  }

  void upstreamGone() {
    switch (state) {
      case SENDING -> {
        if (mayRepeat) {
          mayRepeat = false;
          state = State.CONNECTING;
          loop.pool().open(Origin.of(order.fit().app().upstream()), this::leased);
        } else {
          shared.counters().upstreamFailed.increment();
          exchange.fail(GatewayRefusal.UPSTREAM_BROKEN);
        }
      }
      case RELAYING -> {
        if (relay != null) relay.endClient();
      }
      case ANSWERING, UPGRADING -> exchange.fail(GatewayRefusal.UPSTREAM_BROKEN);
      case CONNECTING, OVER -> {}
    }
  }

  /// Ends a relay, if it is one.
  boolean relayed(Relay.Closing why) {
    if (relay == null || state != State.RELAYING) return false;
    relay.cut(why);
    return true;
  }

  /// Lets the upstream go.
  void end() {
    if (state == State.OVER) return;
    state = State.OVER;
    if (upstream != null) upstream.discard();
  }
}

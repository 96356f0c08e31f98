// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's HTTP/1.1 connection, or one HTTP/2 stream: takes requests one after the other, each
/// only when asked for, and gives each to an [Exchange].
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class ClientSide extends ChannelInboundHandlerAdapter implements Timed {

  private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

  /// How much of a refused request's body is read so that the connection stays usable.
  private static final long DISCARDED = 256 * 1024;

  /// How long it may take to send that.
  private static final Duration LINGERING = Duration.ofSeconds(5);

  /// What a client is waited for, or waits for.
  enum Waiting {
    HEAD,
    BODY,
    ANSWER,
    NOTHING
  }

  private final Shared shared;
  private final Loop loop;
  private final Connection connection;
  private final @Nullable Http1Encoder encoder;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Exchange exchange;
  private boolean requestComplete = true;
  private boolean wanted;
  private boolean owed;
  private boolean pumping;
  private boolean closeAfter;
  private boolean isHead;
  private long discarded;
  private Waiting waiting = Waiting.HEAD;
  private long deadline;
  private long stalledSince;
  private boolean stalled;

  /// @param encoder of an HTTP/1.1 connection; null for an HTTP/2 stream
  ClientSide(Shared shared, Loop loop, Connection connection, @Nullable Http1Encoder encoder) {
    this.shared = shared;
    this.loop = loop;
    this.connection = connection;
    this.encoder = encoder;
  }

  ChannelHandlerContext context() {
    if (context == null) throw new IllegalStateException("the handler is not in a pipeline");
    return context;
  }

  Connection connection() {
    return connection;
  }

  boolean requestComplete() {
    return requestComplete;
  }

  boolean writable() {
    return context().channel().isWritable();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    loop.watch(this);
    await(Waiting.HEAD, shared.config().limits().head());
    if (ctx.channel().isActive()) wantMore();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    wantMore();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    loop.unwatch(this);
  }

  /// Asks for the next part of a request. Parts that already arrived are delivered in a loop, not
  /// by recursion.
  void wantMore() {
    wanted = true;
    owed = true;
    if (pumping) return;
    pumping = true;
    while (wanted) {
      wanted = false;
      context().read();
    }
    pumping = false;
  }

  void await(Waiting what, Duration longest) {
    waiting = what;
    deadline = shared.nanos() + longest.toNanos();
  }

  void awaitNothing() {
    waiting = Waiting.NOTHING;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    owed = false;
    if (message instanceof HttpRequest request) {
      if (exchange != null) {
        ReferenceCountUtil.release(message);
        ctx.close();
        return;
      }
      head(request);
    }
    if (message instanceof HttpContent content) body(content);
    else if (message instanceof ByteBuf bytes && exchange != null)
      exchange.fromRelayedClient(bytes);
    else if (!(message instanceof HttpRequest)) ReferenceCountUtil.release(message);
  }

  private void head(HttpRequest request) {
    shared.counters().requests.increment();
    requestComplete = request instanceof LastHttpContent;
    discarded = 0;
    isHead = request.method().name().equals("HEAD");
    if (encoder != null) encoder.answering(isHead);
    awaitNothing();
    switch (shared.reader().read(request, connection)) {
      case Intake.Unfit(var refusal, boolean close) -> refuse(Answers.of(refusal), close);
      case Intake.Fit fit -> {
        var next = new Exchange(this, shared, loop, fit);
        exchange = next;
        next.begin();
      }
    }
  }

  private void body(HttpContent content) {
    if (content instanceof LastHttpContent) requestComplete = true;
    boolean broken = content.decoderResult().isFailure();
    if (exchange == null) {
      discard(content, broken);
    } else if (broken) {
      content.release();
      closeAfter = true;
      exchange.fail(GatewayRefusal.MALFORMED);
    } else {
      exchange.body(content);
    }
  }

  /// The rest of a request that was already answered.
  private void discard(HttpContent content, boolean broken) {
    discarded += content.content().readableBytes();
    content.release();
    if (broken || discarded > DISCARDED) stopListening();
    else if (requestComplete) next();
    else wantMore();
  }

  /// RFC 9113 section 8.1: the answer stands, the rest of the request is not wanted.
  private void stopListening() {
    if (encoder == null) context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    else context().close();
  }

  void sendContinue() {
    context()
        .writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.CONTINUE,
                io.netty.buffer.Unpooled.EMPTY_BUFFER));
  }

  /// Answers instead of the upstream. `close` ends the connection with it.
  void refuse(FullHttpResponse response, boolean close) {
    shared.counters().refused.increment();
    closeAfter |= close;
    if (isHead && encoder == null) response.content().clear();
    writeHead(response);
    context().flush();
    done();
  }

  void writeHead(HttpResponse response) {
    closeAfter |= shared.draining().get();
    if (encoder != null && closeAfter)
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context().write(response);
  }

  /// The response is written whole.
  void done() {
    exchange = null;
    if (requestComplete) {
      next();
    } else {
      await(Waiting.BODY, LINGERING);
      wantMore();
    }
  }

  private void next() {
    if (encoder == null) {
      awaitNothing();
    } else if (closeAfter || shared.draining().get()) {
      closeFlushed();
    } else {
      await(Waiting.HEAD, shared.config().limits().head());
      wantMore();
    }
  }

  private void closeFlushed() {
    if (encoder == null) return;
    context()
        .writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE);
  }

  /// Ends without a word, in the middle of a response: the client sees that it is incomplete.
  void abort() {
    exchange = null;
    context().close();
  }

  /// From now on bytes are relayed.
  void becomeRelay() {
    awaitNothing();
    owed = false;
    var pipeline = context().pipeline();
    pipeline.remove(Http1Encoder.class);
    pipeline.remove(io.netty.handler.flow.FlowControlHandler.class);
    pipeline.remove(Http1Decoder.class);
  }

  /// Bytes came, but no whole part of a request: the flow control has forgotten that one was asked
  /// for.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (owed) wantMore();
    if (exchange != null) exchange.clientPaused();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stalled = !ctx.channel().isWritable();
    if (stalled) stalledSince = shared.nanos();
    if (exchange != null) exchange.clientTakesMore();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.unwatch(this);
    var current = exchange;
    exchange = null;
    if (current != null) current.clientGone();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event != Drain.NOW) {
      ctx.fireUserEventTriggered(event);
      return;
    }
    if (exchange != null) exchange.drain();
    else if (encoder != null && waiting == Waiting.HEAD) ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof java.io.IOException)) LOG.debug("a client's connection failed", cause);
    var current = exchange;
    exchange = null;
    if (current == null || cause instanceof java.io.IOException) {
      if (current != null) current.clientGone();
      ctx.close();
    } else {
      closeAfter = true;
      current.fail(GatewayRefusal.INTERNAL);
    }
  }

  @Override
  public void sweep(long nanos) {
    if (exchange != null) exchange.sweep(nanos);
    if (stalled && nanos - stalledSince > shared.config().limits().stall().toNanos())
      context().close();
    if (waiting != Waiting.NOTHING && nanos - deadline > 0) overdue();
  }

  private void overdue() {
    var what = waiting;
    awaitNothing();
    switch (what) {
      case HEAD -> context().close();
      case BODY -> {
        closeAfter = true;
        if (exchange != null) exchange.fail(GatewayRefusal.TIMEOUT);
        else stopListening();
      }
      case ANSWER -> {
        if (exchange != null) exchange.overdue();
      }
      case NOTHING -> {}
    }
  }
}

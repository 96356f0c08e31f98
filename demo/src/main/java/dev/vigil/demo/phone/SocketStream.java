// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.Headers;
import dev.vigil.sdk.port.MessageStream;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One WebSocket on its own connection: the upgrade, then messages both ways. The listener is
/// called in order, off the event loop.
// A write that fails closes the channel, and that is heard in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class SocketStream extends SimpleChannelInboundHandler<Object> implements MessageStream {

  private static final StreamListener.CloseReason BROKEN = new StreamListener.CloseReason(1006, "");

  private final WebSocketClientHandshaker handshaker;
  private final StreamListener listener;
  private final CompletableFuture<Transport.Opening> opening = new CompletableFuture<>();
  private final ExecutorService ear =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("stream-", 0).factory());
  private volatile Optional<ChannelHandlerContext> context = Optional.empty();
  private StreamListener.CloseReason reason = BROKEN;

  SocketStream(WebSocketClientHandshaker handshaker, StreamListener listener) {
    this.handshaker = handshaker;
    this.listener = listener;
  }

  /// What comes of the upgrade.
  CompletableFuture<Transport.Opening> opening() {
    return opening;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      if (done.isSuccess()) {
        handshaker.handshake(ctx.channel());
      } else {
        opening.completeExceptionally(done.cause());
        ctx.close();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    switch (message) {
      case FullHttpResponse response -> upgraded(ctx, response);
      case TextWebSocketFrame frame -> hear(frame.text());
      case BinaryWebSocketFrame frame -> hear(ByteBufUtil.getBytes(frame.content()));
      case PingWebSocketFrame frame ->
          ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
      case CloseWebSocketFrame frame -> closing(ctx, frame);
      default -> {}
    }
  }

  private void upgraded(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      handshaker.finishHandshake(ctx.channel(), response);
      context = Optional.of(ctx);
      opening.complete(new Transport.Opened(this));
      return;
    }
    var fields = new ArrayList<Headers.Field>();
    response
        .headers()
        .forEach(field -> fields.add(new Headers.Field(field.getKey(), field.getValue())));
    var body = new ByteArrayInputStream(ByteBufUtil.getBytes(response.content()));
    opening.complete(
        new Transport.NotOpened(
            new Transport.Response(response.status().code(), Headers.of(fields), body)));
    ctx.close();
  }

  private void hear(String text) {
    ear.execute(() -> listener.text(text));
  }

  private void hear(byte[] bytes) {
    ear.execute(() -> listener.binary(bytes));
  }

  private void closing(ChannelHandlerContext ctx, CloseWebSocketFrame frame) {
    reason =
        new StreamListener.CloseReason(
            frame.statusCode() < 0 ? 1005 : frame.statusCode(), frame.reasonText());
    handshaker.close(ctx.channel(), frame.retain());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    opening.completeExceptionally(new IOException("the connection broke before the upgrade"));
    if (context.isPresent()) {
      ear.execute(() -> listener.closed(reason));
    }
    ear.shutdown();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    opening.completeExceptionally(cause);
    ctx.close();
  }

  @Override
  public void send(String message) throws IOException {
    write(new TextWebSocketFrame(message));
  }

  @Override
  public void send(byte[] message) throws IOException {
    write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
  }

  private void write(WebSocketFrame frame) throws IOException {
    var ctx = context.orElseThrow(() -> new IOException("the stream is not open"));
    var written = new CompletableFuture<Boolean>();
    ctx.writeAndFlush(frame)
        .addListener(result -> {
          if (result.isSuccess()) written.complete(true);
          else written.completeExceptionally(result.cause());
        });
    VertxTransport.await(written);
  }

  @Override
  public void close() {
    context.ifPresent(ctx -> handshaker.close(ctx.channel(), new CloseWebSocketFrame(1000, "")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.HttpConversionUtil;

/// Asks, waits for the answer, asks again.
// A write that fails ends its channel, and that is told.
@SuppressWarnings("FutureReturnValueIgnored")
final class Asker extends SimpleChannelInboundHandler<FullHttpResponse> {

  private static final byte[] BODY = new byte[1024];

  private final Wish wish;
  private final Tally tally;
  private final Next next;
  private long asked;
  private boolean done;

  /// What an asker does once it was answered and another answer is wanted.
  interface Next {
    void after(Asker asker, ChannelHandlerContext ctx);
  }

  Asker(Wish wish, Tally tally, Next next) {
    this.wish = wish;
    this.tally = tally;
    this.next = next;
  }

  void ask(ChannelHandlerContext ctx) {
    asked = tally.now();
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/bench", Unpooled.wrappedBuffer(BODY));
    request
        .headers()
        .set(HttpHeaderNames.HOST, wish.host())
        .set(HttpHeaderNames.AUTHORIZATION, wish.token())
        .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, BODY.length);
    if (wish.http2())
      request.headers().set(HttpConversionUtil.ExtensionHeaderNames.SCHEME.text(), "https");
    ctx.writeAndFlush(request);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
    if (tally.another(response.status().code(), asked)) {
      next.after(this, ctx);
    } else {
      done = true;
      ctx.close();
    }
  }

  /// From now on, the end of the channel is no trouble.
  void leave(ChannelHandlerContext ctx) {
    done = true;
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!done) tally.fail("a connection was closed early");
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!done) tally.fail(cause.toString());
    ctx.close();
  }
}

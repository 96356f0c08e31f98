// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One connection to an upstream; passes what arrives to the exchange that uses it now. What
/// arrives when none does closes it.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class UpstreamSide extends ChannelInboundHandlerAdapter {

  static final String CODEC = "codec";

  private final UpstreamPool pool;
  private final Origin origin;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Forwarding user;
  private long idleSince;

  UpstreamSide(UpstreamPool pool, Origin origin) {
    this.pool = pool;
    this.origin = origin;
  }

  Origin origin() {
    return origin;
  }

  Channel channel() {
    if (context == null) throw new IllegalStateException("the channel is not assembled yet");
    return context.channel();
  }

  ChannelHandlerContext context() {
    if (context == null) throw new IllegalStateException("the channel is not assembled yet");
    return context;
  }

  void use(Forwarding forwarding) {
    user = forwarding;
  }

  /// The exchange needs it no more and it may serve another.
  void release() {
    user = null;
    pool.giveBack(this);
  }

  /// The exchange needs it no more and it cannot be used again.
  void discard() {
    user = null;
    channel().close();
  }

  void idleSince(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (user != null) {
      user.fromUpstream(message);
    } else {
      ReferenceCountUtil.release(message);
      ctx.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (user != null) user.upstreamPaused();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (user != null && ctx.channel().isWritable()) user.upstreamTakesMore();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (user != null) user.upstreamGone();
    else pool.gone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}

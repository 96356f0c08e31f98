// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/// Passes the bytes of an upgraded connection between client and upstream, each side no faster than
/// the other takes.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class Relay {

  /// Close codes of RFC 6455 section 7.4.1.
  enum Closing {
    GOING_AWAY(1001),
    POLICY_VIOLATION(1008);

    private final int code;

    Closing(int code) {
      this.code = code;
    }
  }

  private static final int CLOSE_FRAME = 0x88;

  private final ChannelHandlerContext client;
  private final ChannelHandlerContext upstream;
  private final FrameBoundary toClient = new FrameBoundary();

  Relay(ChannelHandlerContext client, ChannelHandlerContext upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  /// Both sides take what they can.
  void balance() {
    client.channel().config().setAutoRead(upstream.channel().isWritable());
    upstream.channel().config().setAutoRead(client.channel().isWritable());
  }

  void fromClient(ByteBuf bytes) {
    upstream.write(bytes);
    if (!upstream.channel().isWritable()) balance();
  }

  void fromUpstream(ByteBuf bytes) {
    toClient.pass(bytes);
    client.write(bytes);
    if (!client.channel().isWritable()) balance();
  }

  void flushUpstream() {
    upstream.flush();
  }

  void flushClient() {
    client.flush();
  }

  /// The upstream has ended: what it sent last is delivered first.
  void endClient() {
    client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /// Ends both sides at once. The client is told why if that frame does not fall into the middle of
  /// another.
  void cut(Closing why) {
    client.channel().config().setAutoRead(false);
    upstream.close();
    if (!toClient.reached() || !client.channel().isWritable()) {
      client.close();
      return;
    }
    var frame = Unpooled.buffer(4).writeByte(CLOSE_FRAME).writeByte(2).writeShort(why.code);
    client.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
  }
}

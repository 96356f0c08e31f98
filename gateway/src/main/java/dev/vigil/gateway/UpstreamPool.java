// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The connections of one event loop to upstreams: kept alive, used again youngest first, closed
/// when idle.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class UpstreamPool {

  private static final int IDLE_EACH = 128;
  private static final long IDLE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int HEADER_BYTES = 64 * 1024;

  private final Shared shared;
  private final SslContext tls;
  private final Bootstrap bootstrap;
  private final Map<Origin, ArrayDeque<UpstreamSide>> idle = new HashMap<>();

  /// The answer to [#lease].
  sealed interface Lease {
    record Ready(UpstreamSide side, boolean reused) implements Lease {}

    record Failed() implements Lease {}
  }

  UpstreamPool(EventLoop executor, Shared shared, SslContext tls) {
    this.shared = shared;
    this.tls = tls;
    int connectMillis = (int) shared.config().limits().connect().toMillis();
    this.bootstrap =
        new Bootstrap()
            .group(executor)
            .channel(shared.channel())
            .resolver(new SystemNames())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true);
  }

  /// Finds or opens a connection; answers at once or later, on this loop.
  void lease(Origin origin, Consumer<Lease> then) {
    var kept = idle.computeIfAbsent(origin, _ -> new ArrayDeque<>());
    for (var side = kept.pollLast(); side != null; side = kept.pollLast()) {
      if (side.channel().isActive()) {
        then.accept(new Lease.Ready(side, true));
        return;
      }
    }
    open(origin, then);
  }

  /// Opens a connection, whatever is idle.
  void open(Origin origin, Consumer<Lease> then) {
    var side = new UpstreamSide(this, origin);
    bootstrap
        .clone()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                assemble(channel, side);
              }
            })
        .connect(origin.host(), origin.port())
        .addListener(connected -> {
          if (connected.isSuccess()) {
            shared.counters().upstreamOpened.increment();
            then.accept(new Lease.Ready(side, false));
          } else {
            then.accept(new Lease.Failed());
          }
        });
  }

  private void assemble(Channel channel, UpstreamSide side) {
    if (side.origin().tls()) {
      var handler = tls.newHandler(channel.alloc(), side.origin().host(), side.origin().port());
      handler.setHandshakeTimeoutMillis(shared.config().limits().connect().toMillis());
      channel.pipeline().addLast(handler);
    }
    var decoding =
        new HttpDecoderConfig().setMaxHeaderSize(HEADER_BYTES).setUseRfc9112TransferEncoding(true);
    channel.pipeline().addLast(UpstreamSide.CODEC, new HttpClientCodec(decoding, false, false));
    channel.pipeline().addLast(side);
  }

  /// Keeps a connection whose last response is complete.
  void giveBack(UpstreamSide side) {
    var kept = idle.computeIfAbsent(side.origin(), _ -> new ArrayDeque<>());
    if (!side.channel().isActive() || kept.size() >= IDLE_EACH || shared.draining().get()) {
      side.channel().close();
      return;
    }
    side.channel().config().setAutoRead(true);
    side.idleSince(shared.nanos());
    kept.addLast(side);
  }

  /// An idle connection has closed.
  void gone(UpstreamSide side) {
    var kept = idle.get(side.origin());
    if (kept != null) kept.remove(side);
  }

  void sweep(long nanos) {
    for (var kept : idle.values()) {
      for (var oldest = kept.peekFirst();
          oldest != null && nanos - oldest.idleSince() > IDLE_NANOS;
          oldest = kept.peekFirst()) {
        kept.pollFirst();
        oldest.channel().close();
      }
    }
    idle.values().removeIf(ArrayDeque::isEmpty);
  }
}

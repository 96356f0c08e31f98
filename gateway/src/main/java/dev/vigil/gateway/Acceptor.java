// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.policy.IpAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Takes a client's connection from its first byte to the protocol it chose: PROXY header if its
/// peer must send one, TLS, then HTTP/1.1 or HTTP/2.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
final class Acceptor extends ChannelInitializer<SocketChannel> {

  private static final int STREAM_WINDOW = 256 * 1024;
  private static final int RESETS = 200;
  private static final int RESET_SECONDS = 30;
  private static final int SMALL_CONTINUATIONS = 16;

  private final Shared shared;
  private final Map<EventExecutor, Loop> loops;
  private final AtomicReference<SslContext> tls;
  private final ChannelGroup connections;

  Acceptor(
      Shared shared,
      Map<EventExecutor, Loop> loops,
      AtomicReference<SslContext> tls,
      ChannelGroup connections) {
    this.shared = shared;
    this.loops = loops;
    this.tls = tls;
    this.connections = connections;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    var counters = shared.counters();
    counters.accepted.increment();
    channel.closeFuture().addListener(_ -> counters.open.decrementAndGet());
    if (counters.open.incrementAndGet() > shared.config().limits().connections()
        || shared.draining().get()) {
      counters.overLimit.increment();
      channel.close();
      return;
    }
    connections.add(channel);
    var negotiated =
        new Negotiated(IpAddress.of(channel.remoteAddress().getAddress().getAddress()));
    if (shared.config().proxyProtocolPeers().stream()
        .anyMatch(block -> block.contains(negotiated.client))) {
      channel.pipeline().addLast(new HAProxyMessageDecoder(), new ProxyHeader(negotiated));
    }
    var handler = Objects.requireNonNull(tls.get()).newHandler(channel.alloc());
    handler.setHandshakeTimeoutMillis(shared.config().limits().handshake().toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(1000);
    channel.pipeline().addLast(handler, negotiated);
  }

  /// Takes the client's address from a PROXY protocol version 2 header.
  private static final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private final Negotiated negotiated;

    ProxyHeader(Negotiated negotiated) {
      this.negotiated = negotiated;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!(message instanceof HAProxyMessage header)) {
        ctx.fireChannelRead(message);
        return;
      }
      try {
        if (header.protocolVersion() != HAProxyProtocolVersion.V2) ctx.close();
        else if (header.command() == HAProxyCommand.PROXY && header.sourceAddress() != null)
          negotiated.client = IpAddress.parse(header.sourceAddress());
        ctx.pipeline().remove(this);
      } finally {
        header.release();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /// Assembles what the handshake agreed on.
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {

    private IpAddress client;

    Negotiated(IpAddress client) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.client = client;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol)
        throws SSLPeerUnverifiedException {
      var session = ctx.pipeline().get(SslHandler.class).engine().getSession();
      boolean second = protocol.equals(ApplicationProtocolNames.HTTP_2);
      var kind = second ? Connection.Protocol.HTTP_2 : Connection.Protocol.HTTP_1;
      var connection = Connection.of(session, kind, client, shared.ports().time().now());
      var loop = loops.get(ctx.channel().eventLoop());
      if (loop == null)
        throw new IllegalStateException("a connection lives on one of the gateway's loops");
      if (second) http2(ctx, connection, loop);
      else http1(ctx, connection, loop);
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      shared.counters().handshakesFailed.increment();
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private void http1(ChannelHandlerContext ctx, Connection connection, Loop loop) {
    ctx.channel().config().setAutoRead(false);
    var encoder = new Http1Encoder();
    ctx.pipeline()
        .addLast(
            new Http1Decoder(shared.config().limits()),
            encoder,
            new FlowControlHandler(),
            new ClientSide(shared, loop, connection, encoder));
  }

  /// The decoder's limits answer rapid resets and endless continuations.
  private void http2(ChannelHandlerContext ctx, Connection connection, Loop loop) {
    var limits = shared.config().limits();
    var settings =
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(limits.streams())
            .maxHeaderListSize(limits.headerBytes())
            .initialWindowSize(STREAM_WINDOW)
            .pushEnabled(false);
    settings.remove(io.netty.handler.codec.http2.Http2CodecUtil.SETTINGS_ENABLE_PUSH);
    var codec =
        Http2FrameCodecBuilder.forServer()
            .initialSettings(settings)
            .validateHeaders(true)
            .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS)
            .encoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS)
            .decoderEnforceMaxSmallContinuationFrames(SMALL_CONTINUATIONS)
            .gracefulShutdownTimeoutMillis(limits.drain().toMillis())
            .build();
    ctx.pipeline()
        .addLast(
            codec,
            new Http2MultiplexHandler(new StreamInitializer(connection, loop)),
            new IdleHttp2(codec, loop));
  }

  private final class StreamInitializer extends ChannelInitializer<io.netty.channel.Channel> {
    private final Connection connection;
    private final Loop loop;

    StreamInitializer(Connection connection, Loop loop) {
      this.connection = connection;
      this.loop = loop;
    }

    @Override
    protected void initChannel(io.netty.channel.Channel stream) {
      stream.config().setAutoRead(false);
      stream
          .pipeline()
          .addLast(
              new Http2StreamFrameToHttpObjectCodec(true),
              new FlowControlHandler(),
              new ClientSide(shared, loop, connection, null));
    }
  }

  /// Closes an HTTP/2 connection on which nothing happens.
  private final class IdleHttp2 extends ChannelInboundHandlerAdapter implements Timed {
    private final Http2FrameCodec codec;
    private final Loop loop;
    private @org.jspecify.annotations.Nullable ChannelHandlerContext context;
    private long idleSince = shared.nanos();

    IdleHttp2(Http2FrameCodec codec, Loop loop) {
      this.codec = codec;
      this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      context = ctx;
      loop.watch(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      loop.unwatch(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == Drain.NOW) ctx.close();
      else ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    @Override
    public void sweep(long nanos) {
      if (codec.connection().numActiveStreams() > 0) idleSince = nanos;
      else if (context != null && nanos - idleSince > shared.config().limits().head().toNanos())
        context.close();
    }
  }
}

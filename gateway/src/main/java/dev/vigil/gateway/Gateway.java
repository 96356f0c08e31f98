// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// The running enforcement point. [#close] drains it: no new requests, and those under way may end.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write or close that fails ends its channel, and channelInactive
// tells
public final class Gateway implements AutoCloseable {

  private static final int QUEUE = 1024;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);
  private static final Duration FLUSHING = Duration.ofSeconds(2);

  private final MultiThreadIoEventLoopGroup group;
  private final Shared shared;
  private final DeviceTrust trust;
  private final AtomicReference<SslContext> tls;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Channel listening;

  private Gateway(GatewayConfig config, GatewayPorts ports) throws IOException {
    boolean epoll = Epoll.isAvailable();
    this.trust = new DeviceTrust(config.clientAnchors(), ports.time());
    this.tls = new AtomicReference<>(Tls.server(config.identity(), trust));
    var upstreamTls = Tls.client(config.upstreamAnchors());
    this.shared =
        new Shared(
            config,
            ports,
            new Counters(),
            new RequestReader(ports.world(), config),
            epoll ? EpollSocketChannel.class : NioSocketChannel.class,
            new AtomicBoolean());
    this.group =
        new MultiThreadIoEventLoopGroup(
            config.loops(),
            new DefaultThreadFactory("vigil-gateway"),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    var loops = new IdentityHashMap<EventExecutor, Loop>();
    for (var executor : group)
      loops.put(executor, new Loop((EventLoop) executor, loops.size(), shared, upstreamTls));
    this.listening =
        listen(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class, loops);
  }

  /// Starts to listen.
  ///
  /// @throws IOException if the address cannot be listened on or the server's key and certificate
  ///   do not fit
  public static Gateway start(GatewayConfig config, GatewayPorts ports) throws IOException {
    return new Gateway(config, ports);
  }

  private Channel listen(Class<? extends ServerChannel> kind, Map<EventExecutor, Loop> loops)
      throws IOException {
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(kind)
            .option(ChannelOption.SO_BACKLOG, QUEUE)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new Acceptor(shared, loops, tls, connections))
            .bind(shared.config().listen())
            .awaitUninterruptibly();
    if (bound.isSuccess()) return bound.channel();
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    throw new IOException("cannot listen on " + shared.config().listen(), bound.cause());
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /// Shows another certificate to connections that come from now on.
  ///
  /// @throws IOException if key and certificate do not fit; then the old one stays
  public void reload(ServerIdentity identity) throws IOException {
    tls.set(Tls.server(identity, trust));
  }

  /// The same, and accepts clients of these authorities. No session of before is resumed.
  public void reload(ServerIdentity identity, List<X509Certificate> clientAnchors)
      throws IOException {
    trust.replace(clientAnchors);
    reload(identity);
  }

  public Metrics metrics() {
    return shared.counters().snapshot();
  }

  /// Stops listening, tells clients to go, waits for requests under way as long as [Limits#drain]
  /// allows, then ends.
  @Override
  public void close() {
    if (!shared.draining().compareAndSet(false, true)) return;
    listening.close().awaitUninterruptibly();
    var allClosed = connections.newCloseFuture();
    for (var channel : connections) channel.eventLoop().execute(() -> drain(channel));
    allClosed.awaitUninterruptibly(shared.config().limits().drain().toMillis());
    connections.close().awaitUninterruptibly(FLUSHING.toMillis());
    group.shutdownGracefully(0, FLUSHING.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  /// A connection whose handshake is not over has nothing to lose.
  private static void drain(Channel channel) {
    boolean assembled =
        channel.pipeline().get(ClientSide.class) != null
            || channel.pipeline().get(io.netty.handler.codec.http2.Http2FrameCodec.class) != null;
    if (assembled) channel.pipeline().fireUserEventTriggered(Drain.NOW);
    else channel.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Opens WebSockets on Netty itself: Vert.x's own client cannot connect to one address under
/// another name.
// Failures to connect reach the listener added; closing has nobody left to tell.
@SuppressWarnings("FutureReturnValueIgnored")
final class Sockets implements AutoCloseable {

  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final int LONGEST_MESSAGE = 1 << 20;
  private static final int LONGEST_REFUSAL = 256 * 1024;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Optional<String> local;

  Sockets(Optional<String> local) {
    this.local = local;
  }

  CompletableFuture<Transport.Opening> open(
      Transport.Request request, Transport.Address to, Transport.Peer peer, StreamListener listener)
      throws IOException {
    var headers = new DefaultHttpHeaders();
    request.headers().fields().forEach(field -> headers.add(field.name(), field.value()));
    var uri =
        URI.create("wss" + request.uri().toString().substring(request.uri().getScheme().length()));
    var handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            uri, WebSocketVersion.V13, null, false, headers, LONGEST_MESSAGE);
    var stream = new SocketStream(handshaker, listener);
    var tls = tls(peer);
    var bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLISECONDS);
    local.ifPresent(address -> bootstrap.localAddress(new InetSocketAddress(address, 0)));
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            open.add(channel);
            channel
                .pipeline()
                .addLast(tls.newHandler(channel.alloc(), uri.getHost(), to.port()))
                .addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(LONGEST_REFUSAL))
                .addLast(new WebSocketFrameAggregator(LONGEST_MESSAGE))
                .addLast(stream);
          }
        });
    bootstrap
        .connect(to.host(), to.port())
        .addListener(result -> {
          if (!result.isSuccess()) stream.opening().completeExceptionally(result.cause());
        });
    return stream.opening();
  }

  private static SslContext tls(Transport.Peer peer) throws IOException {
    try {
      var builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .endpointIdentificationAlgorithm("HTTPS")
              .trustManager(peer.anchors().toArray(X509Certificate[]::new));
      if (peer.identity().isPresent()) {
        builder.keyManager(new OneIdentity(peer.identity().get()));
      }
      return builder.build();
    } catch (GeneralSecurityException e) {
      throw new IOException("the phone's key or trust anchors could not be used", e);
    }
  }

  /// Breaks every open stream, without a goodbye.
  void disconnect() {
    open.close();
  }

  @Override
  public void close() {
    disconnect();
    loops.shutdownGracefully();
  }
}

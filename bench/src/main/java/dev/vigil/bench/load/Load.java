// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.load;

import dev.vigil.server.SystemTime;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// The process that asks: reads a [Wish], keeps that many requests under way for that long, and
/// prints a line of JSON.
// Failures to connect reach the listener added; a close that fails has nobody left to tell.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Load {

  /// How many HTTP/2 streams share a connection.
  public static final int STREAMS = 8;

  private static final int LARGEST = 64 * 1024;

  private final Wish wish;
  private final Tally tally;
  private final SslContext tls;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private Load(Wish wish) throws IOException {
    this.wish = wish;
    this.tls = tls(wish);
    this.tally = new Tally(new SystemTime(), wish.parallel(), wish.seconds());
  }

  /// Runs in a process of its own.
  public static void main(String... none) throws Exception {
    var load = new Load(Wish.read(System.in));
    var result = load.run();
    System.out.println(JsonMapper.builder().build().writeValueAsString(result));
    System.exit(0);
  }

  private java.util.Map<String, Object> run() throws InterruptedException {
    int connections = wish.http2() ? Math.max(1, wish.parallel() / STREAMS) : wish.parallel();
    for (int i = 0; i < connections; i++) {
      int askers =
          wish.http2()
              ? wish.parallel() / connections + (i < wish.parallel() % connections ? 1 : 0)
              : 1;
      connect(askers);
    }
    return tally.await();
  }

  private static SslContext tls(Wish wish) throws IOException {
    return SslContextBuilder.forClient()
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .endpointIdentificationAlgorithm("HTTPS")
        .trustManager(pem(wish.anchors()))
        .keyManager(pem(wish.chain()), pem(wish.key()))
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                wish.http2() ? "h2" : "http/1.1"))
        .build();
  }

  private static InputStream pem(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void connect(int askers) {
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                var handler = tls.newHandler(channel.alloc(), wish.host(), wish.port());
                channel.pipeline().addLast(handler);
                if (wish.http2())
                  channel
                      .pipeline()
                      .addLast(
                          Http2FrameCodecBuilder.forClient().build(),
                          new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                channel.pipeline().addLast(new Begin(askers));
              }
            })
        .connect("127.0.0.1", wish.port())
        .addListener(result -> {
          if (!result.isSuccess()) tally.fail("not connected: " + result.cause());
        });
  }

  /// Begins once the handshake is over.
  private final class Begin extends ChannelInboundHandlerAdapter {
    private final int askers;

    Begin(int askers) {
      this.askers = askers;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (!(event instanceof SslHandshakeCompletionEvent done)) {
        ctx.fireUserEventTriggered(event);
        return;
      }
      if (!done.isSuccess()) {
        tally.fail("no handshake: " + done.cause());
        return;
      }
      if (wish.http2()) {
        for (int i = 0; i < askers; i++) stream(ctx.channel());
        return;
      }
      var asker = new Asker(wish, tally, Asker::ask);
      ctx.pipeline()
          .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), asker)
          .remove(this);
      asker.ask(ctx.pipeline().context(asker));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      tally.fail(cause.toString());
      ctx.close();
    }
  }

  /// Opens a stream for one request; the next request gets the next stream.
  private void stream(Channel connection) {
    new Http2StreamChannelBootstrap(connection)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                var asker =
                    new Asker(
                        wish,
                        tally,
                        (old, ctx) -> {
                          old.leave(ctx);
                          stream(connection);
                        });
                channel
                    .pipeline()
                    .addLast(
                        new Http2StreamFrameToHttpObjectCodec(false),
                        new HttpObjectAggregator(LARGEST),
                        asker);
              }
            })
        .open()
        .addListener((io.netty.util.concurrent.Future<Channel> opened) -> {
          if (!opened.isSuccess()) {
            tally.fail("no stream: " + opened.cause());
            return;
          }
          var pipeline = opened.getNow().pipeline();
          pipeline.get(Asker.class).ask(pipeline.context(Asker.class));
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Netty's decoder, which also refuses what RFC 9112 lets a server repair: a length beside a
/// transfer coding (section 6.3) and folded header lines (section 5.2).
final class Http1Decoder extends HttpRequestDecoder {

  private boolean inHead;
  private boolean folded;
  private @Nullable ByteBuf current;

  Http1Decoder(Limits limits) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.requestLine())
            .setMaxHeaderSize(limits.headerBytes())
            .setUseRfc9112TransferEncoding(true));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (inHead) look(buffer);
    else current = buffer;
    int before = out.size();
    super.decode(ctx, buffer, out);
    current = null;
    if (out.size() > before) inHead = false;
  }

  /// The request line has been read; what follows are headers.
  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    inHead = true;
    folded = false;
    if (current != null) look(current);
    if (folded) throw new IllegalArgumentException("folded header line");
    return super.createMessage(initialLine);
  }

  /// Lines are read whole, so the buffer begins at a line's start.
  private void look(ByteBuf buffer) {
    boolean lineStart = true;
    for (int i = buffer.readerIndex(); i < buffer.writerIndex(); i++) {
      byte b = buffer.getByte(i);
      if (lineStart && (b == ' ' || b == '\t')) folded = true;
      if (lineStart && (b == '\r' || b == '\n')) return;
      lineStart = b == '\n';
    }
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    if (folded) throw new IllegalArgumentException("folded header line");
    return super.isContentAlwaysEmpty(message);
  }
}

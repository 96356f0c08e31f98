// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A response's body as a stream to read; the server is asked for more only as it is read. One
/// reader at a time.
final class StreamedBody extends InputStream {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private sealed interface Piece {
    record Bytes(Buffer buffer) implements Piece {}

    record End() implements Piece {}

    record Broken(Throwable cause) implements Piece {}
  }

  private final HttpClientResponse response;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private Buffer current = Buffer.buffer();
  private int position;
  private boolean ended;

  /// Must be made on the response's own event loop, before anything of the body can have passed.
  StreamedBody(HttpClientResponse response) {
    this.response = response;
    response.pause();
    response.handler(buffer -> pieces.add(new Piece.Bytes(buffer)));
    response.endHandler(_ -> pieces.add(new Piece.End()));
    response.exceptionHandler(cause -> pieces.add(new Piece.Broken(cause)));
    response.fetch(1);
  }

  @Override
  public int read() throws IOException {
    return more() ? current.getByte(position++) & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!more()) return -1;
    var count = Math.min(length, current.length() - position);
    current.getBytes(position, position + count, into, offset);
    position += count;
    return count;
  }

  private boolean more() throws IOException {
    while (!ended && position >= current.length()) {
      switch (next()) {
        case Piece.Bytes(Buffer buffer) -> {
          current = buffer;
          position = 0;
          response.fetch(1);
        }
        case Piece.End() -> ended = true;
        case Piece.Broken(Throwable cause) -> throw new IOException("the answer broke off", cause);
      }
    }
    return position < current.length();
  }

  private Piece next() throws IOException {
    try {
      var piece = pieces.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (piece == null) throw new IOException("the answer stopped arriving");
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading");
    }
  }

  /// Lets go of the connection; what has not arrived yet is not waited for.
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      position = current.length();
      response.request().reset();
    }
  }
}

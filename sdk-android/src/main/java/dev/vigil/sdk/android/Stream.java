// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

import dev.vigil.sdk.port.MessageStream;
import dev.vigil.sdk.port.StreamListener;
import dev.vigil.sdk.port.StreamListener.CloseReason;
import dev.vigil.sdk.port.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// One WebSocket. OkHttp calls its listener in order, on a thread of the stream's own.
final class Stream extends WebSocketListener {

  private static final CloseReason BROKEN = new CloseReason(1006, "");
  private static final int NORMAL = 1000;
  private static final int LONGEST_REFUSAL = 256 * 1024;

  private final StreamListener listener;
  private final CompletableFuture<Transport.Opening> opening = new CompletableFuture<>();
  private Optional<CloseReason> reason = Optional.empty();

  Stream(StreamListener listener) {
    this.listener = listener;
  }

  /// Waits for what comes of the upgrade; the client's own limits end the wait.
  Transport.Opening opening() throws IOException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException told ? told : new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting");
    }
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opening.complete(new Transport.Opened(new Sending(socket)));
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    listener.text(text);
  }

  @Override
  public void onMessage(WebSocket socket, ByteString bytes) {
    listener.binary(bytes.toByteArray());
  }

  @Override
  public void onClosing(WebSocket socket, int code, String text) {
    reason = Optional.of(new CloseReason(code, text));
    socket.close(NORMAL, null);
  }

  @Override
  public void onClosed(WebSocket socket, int code, String text) {
    listener.closed(reason.orElse(new CloseReason(code, text)));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable thrown, @Nullable Response response) {
    if (opening.isDone()) {
      listener.closed(reason.orElse(BROKEN));
    } else if (response == null) {
      opening.completeExceptionally(thrown);
    } else {
      refused(response);
    }
  }

  /// The answer is gone when this call ends, so it is taken whole, up to a limit.
  private void refused(Response response) {
    try {
      var body = response.peekBody(LONGEST_REFUSAL).bytes();
      opening.complete(
          new Transport.NotOpened(
              new Transport.Response(
                  response.code(),
                  AndroidTransport.headers(response.headers()),
                  new ByteArrayInputStream(body))));
    } catch (IOException e) {
      opening.completeExceptionally(e);
    }
  }

  /// The sending half.
  private record Sending(WebSocket socket) implements MessageStream {

    @Override
    public void send(String message) throws IOException {
      taken(socket.send(message));
    }

    @Override
    public void send(byte[] message) throws IOException {
      taken(socket.send(ByteString.of(message)));
    }

    private static void taken(boolean queued) throws IOException {
      if (!queued) {
        throw new IOException("the stream takes no more");
      }
    }

    @Override
    public void close() {
      socket.close(NORMAL, null);
    }
  }
}

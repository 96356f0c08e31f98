// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.phone;

import dev.vigil.sdk.port.MessageStream;
import dev.vigil.sdk.port.StreamListener;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One open WebSocket; its listener is called in order, off the event loop.
final class SocketStream implements MessageStream {

  private static final int BROKEN = 1006;

  private final WebSocket socket;

  /// Must be made on the socket's own event loop, before a message can have passed.
  SocketStream(WebSocket socket, StreamListener listener) {
    this.socket = socket;
    ExecutorService ear = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("stream-", 0).factory());
    socket.textMessageHandler(text -> ear.execute(() -> listener.text(text)));
    socket.binaryMessageHandler(bytes -> ear.execute(() -> listener.binary(bytes.getBytes())));
    socket.exceptionHandler(_ -> socket.close());
    socket.closeHandler(_ -> {
      var code = Optional.ofNullable(socket.closeStatusCode()).map(Short::intValue).orElse(BROKEN);
      var text = Optional.ofNullable(socket.closeReason()).orElse("");
      ear.execute(() -> listener.closed(new StreamListener.CloseReason(code, text)));
      ear.shutdown();
    });
  }

  @Override
  public void send(String message) throws IOException {
    VertxTransport.await(socket.writeTextMessage(message));
  }

  @Override
  public void send(byte[] message) throws IOException {
    VertxTransport.await(socket.writeBinaryMessage(Buffer.buffer(message)));
  }

  @Override
  public void close() {
    socket.close();
  }
}

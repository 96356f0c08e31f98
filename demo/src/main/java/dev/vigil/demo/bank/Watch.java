// SPDX-License-Identifier: Apache-2.0
package dev.vigil.demo.bank;

import dev.vigil.sdk.port.StreamListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Listens to an open stream and waits for what comes of it.
public final class Watch implements StreamListener {

  private static final long PATIENCE_SECONDS = 10;

  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final CompletableFuture<CloseReason> end = new CompletableFuture<>();

  @Override
  public void text(String message) {
    first.complete(message);
  }

  @Override
  public void binary(byte[] message) {
    first.complete(message.length + " bytes");
  }

  @Override
  public void closed(CloseReason reason) {
    end.complete(reason);
  }

  /// Waits for the first message.
  public String firstMessage() throws InterruptedException, ExecutionException, TimeoutException {
    return first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// Whether it has not ended so far.
  public boolean isOpen() {
    return !end.isDone();
  }

  /// Waits for the end: `cut` if the gateway ended it because trust ended, `still open` if nothing
  /// happens in time.
  public String fate() throws InterruptedException, ExecutionException {
    try {
      var reason = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return reason.cut() ? "cut" : "closed " + reason.code();
    } catch (TimeoutException e) {
      return "still open";
    }
  }
}

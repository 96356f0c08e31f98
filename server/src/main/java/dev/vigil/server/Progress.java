// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.server.cli.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Does something that may take long, and says every two seconds that it is still under way.
final class Progress {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Progress() {}

  /// Something that may take long.
  @FunctionalInterface
  interface Task<T> {
    T run() throws IOException;
  }

  /// @param doing what is done, such as `backing up`
  static <T> T of(Context context, String doing, Task<T> task) throws IOException {
    long began = context.time().nanos();
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      var result = thread.submit(task::run);
      while (true) {
        try {
          return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          var elapsed = Duration.ofNanos(context.time().nanos() - began);
          context.terminal().error(doing + ": " + elapsed.toSeconds() + " s so far");
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(doing + " failed", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(doing + " was interrupted");
    }
  }
}

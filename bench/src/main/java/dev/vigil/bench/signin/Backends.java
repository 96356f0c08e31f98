// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.signin;

import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// The machines that an app runs on, each with an address and lasting connections of its own. None
/// asks more often than a provider lets one address ask; the one used last is used next, so that
/// connections are met open.
final class Backends implements AutoCloseable {

  /// Vigil's limit at an endpoint is 120 a minute; a nonce may cost one more.
  private static final int EACH = 100;

  private static final Duration REST = Duration.ofSeconds(61);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SSLContext tls;
  private final TimeSource time;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Backend> ready = new ArrayDeque<>();
  private final Deque<Backend> resting = new ArrayDeque<>();
  private final List<Backend> all = new ArrayList<>();

  Backends(SSLContext tls, TimeSource time) {
    this.tls = tls;
    this.time = time;
  }

  /// One machine.
  static final class Backend {
    private final HttpClient client;
    private int left = EACH;
    private long rested;

    private Backend(HttpClient client) {
      this.client = client;
    }

    HttpClient client() {
      return client;
    }
  }

  /// A machine for one sign-in or one refresh.
  synchronized Backend take() throws IOException {
    long now = time.nanos();
    while (!resting.isEmpty() && resting.getFirst().rested - now < 0) {
      var back = resting.removeFirst();
      back.left = EACH;
      ready.addLast(back);
    }
    if (ready.isEmpty()) ready.addFirst(another(threads));
    var backend = ready.removeFirst();
    backend.left--;
    return backend;
  }

  private Backend another(Executor executor) throws IOException {
    int number = all.size() + 1;
    var backend =
        new Backend(
            HttpClient.newBuilder()
                .localAddress(
                    InetAddress.getByName(
                        "127.0.%d.%d".formatted(64 + number / 250, 1 + number % 250)))
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(PATIENCE)
                .executor(executor)
                .build());
    all.add(backend);
    return backend;
  }

  /// Gives it back.
  synchronized void give(Backend backend) {
    if (backend.left > 0) {
      ready.addFirst(backend);
      return;
    }
    backend.rested = time.nanos() + REST.toNanos();
    resting.addLast(backend);
  }

  @Override
  public void close() {
    all.forEach(one -> one.client.shutdownNow());
    threads.shutdownNow();
  }
}

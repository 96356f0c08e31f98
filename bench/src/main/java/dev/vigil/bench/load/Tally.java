// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.load;

import dev.vigil.kernel.TimeSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts answers and how long they took, until the time is over.
final class Tally {

  private static final int MOST = 1 << 22;

  private final TimeSource time;
  private final long end;
  private final long began;
  private final int[] microseconds = new int[MOST];
  private final AtomicInteger answers = new AtomicInteger();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final CountDownLatch running;

  Tally(TimeSource time, int parallel, int seconds) {
    this.time = time;
    this.began = time.nanos();
    this.end = began + seconds * 1_000_000_000L;
    this.running = new CountDownLatch(parallel);
  }

  long now() {
    return time.nanos();
  }

  /// Takes down an answer; whether another request is wanted. One that is not ends its asker.
  boolean another(int status, long asked) {
    long now = time.nanos();
    if (status != 200) {
      fail("status " + status);
      return false;
    }
    int place = answers.getAndIncrement();
    if (place < MOST) microseconds[place] = (int) ((now - asked) / 1_000);
    if (now < end) return true;
    running.countDown();
    return false;
  }

  /// Something else came than an answer.
  void fail(String what) {
    troubles.add(what);
    while (running.getCount() > 0) running.countDown();
  }

  /// Waits for the last answer.
  Map<String, Object> await() throws InterruptedException {
    running.await();
    double seconds = (time.nanos() - began) / 1e9;
    var result = new LinkedHashMap<String, Object>();
    if (!troubles.isEmpty()) result.put("trouble", String.join(", ", Set.copyOf(troubles)));
    int count = Math.min(MOST, answers.get());
    var sorted = Arrays.copyOf(microseconds, count);
    Arrays.sort(sorted);
    result.put("requests", answers.get());
    result.put("seconds", seconds);
    result.put("p50_us", count == 0 ? 0 : sorted[count / 2]);
    result.put("p99_us", count == 0 ? 0 : sorted[(int) (count * 0.99)]);
    return result;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.bench.device;

import dev.vigil.kernel.TimeSource;
import java.util.function.Consumer;

/// Tells how far something slow is, every two seconds.
final class Ticker {

  private static final long EVERY_NANOS = 2_000_000_000L;

  private final TimeSource time;
  private final Consumer<String> tell;
  private String what = "";
  private long last;

  Ticker(TimeSource time, Consumer<String> tell) {
    this.time = time;
    this.tell = tell;
  }

  /// Something new begins.
  void begin(String name) {
    what = name;
    last = time.nanos();
    tell.accept(name);
  }

  /// So much of it is done.
  void done(int some, int all) {
    if (time.nanos() - last < EVERY_NANOS) return;
    last = time.nanos();
    tell.accept("%s: %,d of %,d".formatted(what, some, all));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;

/// Limits how often the same key (a source address, a person) may do something. Memory is bounded:
/// of more keys than it holds, the one idle longest is forgotten.
public final class RateLimit {

  private static final int KEYS = 20_000;

  private final Rate rate;
  private final TimeSource time;
  private final LinkedHashMap<Object, Long> fullAgain = new LinkedHashMap<>(64, 0.75f, true);

  public RateLimit(Rate rate, TimeSource time) {
    this.rate = rate;
    this.time = time;
  }

  /// Counts one use: zero if it may go on, otherwise how long to wait before the next attempt.
  public synchronized Duration use(Object key) {
    long now = time.nanos();
    long each = rate.nanosEach();
    Long known = fullAgain.get(key);
    long full = known == null || known - now < 0 ? now : known;
    long room = now + rate.window().toNanos() - full;
    if (room < each) return Duration.ofNanos(each - room);
    fullAgain.put(key, full + each);
    if (fullAgain.size() > KEYS) fullAgain.remove(fullAgain.firstEntry().getKey());
    return Duration.ZERO;
  }
}

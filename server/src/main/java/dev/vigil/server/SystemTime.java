// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/// The machine's clocks and its random source. The only place that reads them.
public final class SystemTime implements TimeSource {

  /// A wall clock may be set back by this much (a leap second, a small correction) without harm.
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final Instant startWall = Instant.now();
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean trusted = new AtomicBoolean(true);
  private volatile Duration furthest = Duration.ZERO;

  /// Random bytes of the platform's generator, safe for keys.
  public static Entropy entropy() {
    var random = new SecureRandom();
    return count -> {
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    };
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /// Compares the wall clock with the monotonic one; to be called about once a second. False from
  /// the first backward step that could make stale evidence look fresh, until the process starts
  /// anew.
  public boolean stillTrusted() {
    var lead = Duration.between(startWall.plusNanos(System.nanoTime() - startNanos), Instant.now());
    if (lead.compareTo(furthest) > 0) furthest = lead;
    if (lead.plus(TOLERATED).compareTo(furthest) < 0) trusted.set(false);
    return trusted.get();
  }
}

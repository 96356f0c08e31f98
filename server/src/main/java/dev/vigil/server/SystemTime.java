// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.kernel.Entropy;
import dev.vigil.kernel.TimeSource;
import java.security.SecureRandom;
import java.time.Instant;

/// The machine's clocks and its random source. The only place that reads them.
public final class SystemTime implements TimeSource {

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
}

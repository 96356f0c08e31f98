// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

import dev.vigil.kernel.Entropy;
import java.util.Random;

/// Random bytes that are the same at every run of the same seed. Never for anything real.
public final class SeededEntropy implements Entropy {

  private final Random random;

  public SeededEntropy(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public synchronized byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}

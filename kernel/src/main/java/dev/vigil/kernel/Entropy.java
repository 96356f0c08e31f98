// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// Where random bytes come from. Only the top of the house makes one; tests pass a seeded one.
@FunctionalInterface
public interface Entropy {

  /// Fresh bytes, unpredictable to anyone outside the process.
  byte[] bytes(int count);
}

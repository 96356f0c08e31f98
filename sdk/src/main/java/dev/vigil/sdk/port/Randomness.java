// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.port;

/// Where random bytes come from: `SecureRandom` in an app, a seed in tests. A port.
@FunctionalInterface
public interface Randomness {

  /// Fresh bytes, unpredictable to anyone else.
  byte[] bytes(int count);
}

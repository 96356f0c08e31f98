// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/// A bounded map that forgets what was used longest ago. For one thread.
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

  private final int bound;

  RecentlyUsed(int bound) {
    super(16, 0.75f, true);
    this.bound = bound;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > bound;
  }
}

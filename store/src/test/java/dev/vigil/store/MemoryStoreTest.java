// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.Store;
import dev.vigil.testkit.MemoryStore;

/// The fake keeps the contract of the real ones.
class MemoryStoreTest extends StoreAbuseContract {

  private final Store store = new MemoryStore(Scene.TIME);

  @Override
  Store store() {
    return store;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The contract on SQLite.
class SqliteStoreTest extends StoreAbuseContract {

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private OpenStore open;

  @BeforeEach
  void open() {
    open = OpenStore.sqlite(folder);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Override
  Store store() {
    return open.store();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.kernel.Outcome;
import java.nio.file.Path;

/// A data folder with its store, opened for a test.
record OpenStore(DataFolder folder, SqlStore store) implements AutoCloseable {

  static OpenStore sqlite(Path path) {
    return of(path, new Database.Sqlite());
  }

  static OpenStore of(Path path, Database database) {
    var folder = done(DataFolder.open(path));
    return new OpenStore(folder, done(SqlStore.open(folder, database, Scene.TIME)));
  }

  static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(var refusal, var detail) ->
          throw new AssertionError(refusal.code() + " " + detail);
    };
  }

  @Override
  public void close() {
    store.close();
    folder.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.Store.StoreUnavailable;
import dev.vigil.audit.DecisionRecord;
import dev.vigil.kernel.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The facts that decision records refer to, as they were kept: read from a data folder, also while
/// a server has it open. For one thread.
public final class FactsHistory implements AutoCloseable {

  private static final int MOST_KEPT = 10_000;

  private final Handle handle;
  private final SqlView view;
  private final Map<DecisionRecord.Snapshot, Optional<String>> kept =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<DecisionRecord.Snapshot, Optional<String>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private FactsHistory(Handle handle) {
    this.handle = handle;
    this.view = new SqlView(handle);
  }

  /// Opens the history of a data folder. Nothing is created or upgraded.
  public static Outcome<FactsHistory> open(Path folder, Database database) {
    var file = folder.resolve("vigil.db");
    if (database instanceof Database.Sqlite && !Files.exists(file))
      return Outcome.refused(StoreRefusal.DATABASE_MISSING, "`" + folder + "`");
    try {
      var handle = Jdbi.create(Pools.reading(database, file)).open();
      switch (database) {
        case Database.Sqlite _ -> handle.execute("PRAGMA query_only = TRUE");
        case Database.Postgres _ -> handle.setReadOnly(true);
      }
      return Outcome.done(new FactsHistory(handle));
    } catch (JdbiException e) {
      return Outcome.refused(StoreRefusal.DATABASE_UNREACHABLE);
    }
  }

  /// The JSON of the facts that a snapshot refers to; empty if none were kept.
  ///
  /// @throws StoreUnavailable if the database does not answer
  public Optional<String> facts(DecisionRecord.Snapshot snapshot) {
    var known = kept.get(snapshot);
    if (known != null) return known;
    try {
      var found = view.facts(snapshot.entity(), snapshot.id(), snapshot.version());
      kept.put(snapshot, found);
      return found;
    } catch (JdbiException e) {
      throw new StoreUnavailable("the database did not answer", e);
    }
  }

  @Override
  public void close() {
    view.close();
    handle.close();
  }
}

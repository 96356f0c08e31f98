// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import com.zaxxer.hikari.pool.HikariPool;
import dev.vigil.admission.Store;
import dev.vigil.admission.Tx;
import dev.vigil.admission.View;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/// The store on SQL: the same statements on SQLite and on PostgreSQL.
public final class SqlStore implements Store, AutoCloseable {

  private final Pools pools;
  private final Jdbi readers;
  private final GroupCommit writer;

  private SqlStore(Pools pools, TimeSource time) {
    this.pools = pools;
    this.readers = jdbi(pools.readers());
    this.writer = new GroupCommit(jdbi(pools.writer()), time);
  }

  /// Opens the truth of a data folder, upgrading an older one. One of a newer version is refused
  /// and not touched.
  ///
  /// @param time stamps events when they are committed
  public static Outcome<SqlStore> open(DataFolder folder, Database database, TimeSource time) {
    return open(folder, database, time, Schema.STEPS);
  }

  static Outcome<SqlStore> open(
      DataFolder folder, Database database, TimeSource time, List<String> steps) {
    return DataFolder.formatIn(folder.path())
        .then(format -> {
          if (format.isPresent() && !format.get().database().equals(database.label())) {
            return Outcome.refused(
                StoreRefusal.DATABASE_OF_ANOTHER_KIND,
                "`" + folder.path() + "` was made with " + format.get().database());
          }
          boolean lost =
              format.isPresent()
                  && database instanceof Database.Sqlite
                  && !Files.exists(folder.database());
          if (lost)
            return Outcome.refused(StoreRefusal.DATABASE_MISSING, "`" + folder.path() + "`");
          return opened(folder, database, time, steps);
        });
  }

  private static Outcome<SqlStore> opened(
      DataFolder folder, Database database, TimeSource time, List<String> steps) {
    Pools pools;
    try {
      pools = Pools.of(database, folder.database());
    } catch (HikariPool.PoolInitializationException e) {
      return Outcome.refused(
          Pools.held(e) ? StoreRefusal.DATABASE_IN_USE : StoreRefusal.DATABASE_UNREACHABLE);
    }
    boolean ready = false;
    try {
      var schema = new Schema(pools.migration(), steps);
      if (!schema.known()) return Outcome.refused(StoreRefusal.DATABASE_NEWER);
      // Before the tables change, so that an older version stays away even if this one stops half
      // way.
      folder.writeFormat(database.label());
      schema.migrate();
      ready = true;
      return Outcome.done(new SqlStore(pools, time));
    } catch (FlywayException e) {
      return Outcome.refused(StoreRefusal.DATABASE_UNREACHABLE);
    } catch (IOException e) {
      return Outcome.refused(StoreRefusal.FOLDER_UNUSABLE, "`" + folder.path() + "`");
    } finally {
      if (!ready) pools.close();
    }
  }

  /// Failures name no values: a statement's parameters may be personal.
  private static Jdbi jdbi(DataSource source) {
    var jdbi = Jdbi.create(source);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  @Override
  public <T> T change(Function<? super Tx, ? extends T> body) {
    return writer.change(body);
  }

  @Override
  public <T> T read(Function<? super View, ? extends T> query) {
    try {
      return readers.inTransaction(handle -> {
        try (var view = new SqlView(handle)) {
          return query.apply(view);
        }
      });
    } catch (JdbiException e) {
      throw new StoreUnavailable("the database did not answer", e);
    }
  }

  /// Ends after the changes that already wait.
  @Override
  public void close() {
    writer.close();
    pools.close();
  }
}

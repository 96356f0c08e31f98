// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The connections of a store: one that writes, a few that read.
///
/// @param migration where the schema is brought up to date from, outside the pools
record Pools(DataSource migration, HikariDataSource writer, HikariDataSource readers)
    implements AutoCloseable {

  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 10_000;

  /// SQLSTATE lock_not_available: another server holds the database.
  static final String HELD = "55P03";

  /// Held by the writer's connection as long as it lives, so that a second server on the same
  /// database is refused.
  private static final String HOLD =
      """
      DO $$ BEGIN
        IF NOT pg_try_advisory_lock(8530717041) THEN
          RAISE EXCEPTION 'another server holds this database' USING ERRCODE = '55P03';
        END IF;
      END $$\
      """;

  static Pools of(Database database, Path file) {
    return switch (database) {
      case Database.Sqlite _ -> sqlite(file);
      case Database.Postgres postgres -> postgres(postgres);
    };
  }

  /// For reading beside a server that has the database open.
  static DataSource reading(Database database, Path file) {
    return switch (database) {
      case Database.Sqlite _ -> sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED);
      case Database.Postgres postgres -> postgresSource(postgres);
    };
  }

  private static Pools sqlite(Path file) {
    var writing = sqliteSource(file, SQLiteConfig.TransactionMode.IMMEDIATE);
    var writer = pool("writer", writing, 1);
    var reading = sqliteSource(file, SQLiteConfig.TransactionMode.DEFERRED);
    var readers = pool("readers", reading, READERS);
    readers.setConnectionInitSql("PRAGMA query_only = TRUE");
    return new Pools(reading, new HikariDataSource(writer), readers(readers));
  }

  private static SQLiteDataSource sqliteSource(Path file, SQLiteConfig.TransactionMode mode) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(mode);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setPragma(SQLiteConfig.Pragma.TEMP_STORE, "MEMORY");
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  private static PGSimpleDataSource postgresSource(Database.Postgres database) {
    var source = new PGSimpleDataSource();
    source.setUrl(database.url());
    source.setUser(database.user());
    source.setPassword(new String(database.password().reveal(), StandardCharsets.UTF_8));
    source.setLogServerErrorDetail(false);
    source.setApplicationName("vigil");
    return source;
  }

  private static Pools postgres(Database.Postgres database) {
    var source = postgresSource(database);
    var writer = pool("writer", source, 1);
    writer.setConnectionInitSql(HOLD);
    var readers = pool("readers", source, READERS);
    readers.setReadOnly(true);
    readers.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return new Pools(source, new HikariDataSource(writer), readers(readers));
  }

  /// Made when the schema may not be there yet, so nothing is opened before it is asked for.
  private static HikariDataSource readers(HikariConfig config) {
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static HikariConfig pool(String name, DataSource source, int size) {
    var config = new HikariConfig();
    config.setPoolName("store-" + name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(size);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(BUSY_MILLIS);
    return config;
  }

  /// Whether this failure says that another server holds the database.
  static boolean held(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && HELD.equals(e.getSQLState())) return true;
    }
    return false;
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}

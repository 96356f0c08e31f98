// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Writes rows. Names of tables and columns are constants of this module; every value is a bind
/// parameter.
final class Statements {

  private static final Map<List<Object>, String> TEXTS = new ConcurrentHashMap<>();

  private final Handle handle;
  private Optional<RuntimeException> broken = Optional.empty();

  Statements(Handle handle) {
    this.handle = handle;
  }

  Optional<RuntimeException> broken() {
    return broken;
  }

  Row row(String table) {
    return new Row(table);
  }

  private enum Form {
    INSERT,
    INSERT_IN_ORDER,
    UPSERT,
    UPSERT_IN_ORDER,
    UPDATE,
    DELETE
  }

  /// One row of a table: its key and its other columns.
  final class Row {

    private final String table;
    private final Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private Row(String table) {
      this.table = table;
    }

    Row key(String column, Object value) {
      keys.put(column, value);
      return this;
    }

    Row set(String column, Object value) {
      values.put(column, value);
      return this;
    }

    Row set(String column, Optional<String> value) {
      values.put(column, value.orElse(null));
      return this;
    }

    void insert() {
      run(Form.INSERT);
    }

    /// Inserts with the next ordinal.
    void insertInOrder() {
      run(Form.INSERT_IN_ORDER);
    }

    void upsert() {
      run(Form.UPSERT);
    }

    /// Inserts with the next ordinal, or updates and keeps the ordinal.
    void upsertInOrder() {
      run(Form.UPSERT_IN_ORDER);
    }

    void update() {
      run(Form.UPDATE);
    }

    void delete() {
      run(Form.DELETE);
    }

    private void run(Form form) {
      var sql =
          TEXTS.computeIfAbsent(List.of(form, table, List.copyOf(keys.keySet())), _ -> text(form));
      try (var statement = handle.createUpdate(sql)) {
        keys.forEach((column, value) -> statement.bind(column, value));
        values.forEach((column, value) -> statement.bind(column, value));
        statement.execute();
      } catch (JdbiException e) {
        RuntimeException refusal =
            tooLong(e)
                ? new IllegalArgumentException(
                    "a text for `" + table + "` is longer than the store takes", e)
                : e;
        if (broken.isEmpty()) broken = Optional.of(refusal);
        throw refusal;
      }
    }

    /// Columns are the same at every call for a form, table and key, so the text is made once.
    private String text(Form form) {
      return switch (form) {
        case INSERT -> insertText(false);
        case INSERT_IN_ORDER -> insertText(true);
        case UPSERT -> insertText(false) + onConflict();
        case UPSERT_IN_ORDER -> insertText(true) + onConflict();
        case UPDATE ->
            "UPDATE "
                + table
                + " SET "
                + equal(values.keySet().stream(), ", ")
                + " WHERE "
                + equal(keys.keySet().stream(), " AND ");
        case DELETE -> "DELETE FROM " + table + " WHERE " + equal(keys.keySet().stream(), " AND ");
      };
    }

    private String insertText(boolean inOrder) {
      var columns = Stream.concat(keys.keySet().stream(), values.keySet().stream()).toList();
      var parameters =
          columns.stream().map(column -> ":" + column).collect(Collectors.joining(", "));
      var names = String.join(", ", columns);
      if (!inOrder) return "INSERT INTO " + table + " (" + names + ") VALUES (" + parameters + ")";
      return "INSERT INTO "
          + table
          + " (ordinal, "
          + names
          + ") VALUES ((SELECT COALESCE(MAX(ordinal), 0) + 1 FROM "
          + table
          + "), "
          + parameters
          + ")";
    }

    private String onConflict() {
      var changes =
          values.keySet().stream()
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));
      return " ON CONFLICT (" + String.join(", ", keys.keySet()) + ") DO UPDATE SET " + changes;
    }

    private static String equal(Stream<String> columns, String between) {
      return columns.map(column -> column + " = :" + column).collect(Collectors.joining(between));
    }
  }

  /// Whether a CHECK of the schema refused the row: SQLSTATE 23514, or SQLite's own code.
  private static boolean tooLong(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLiteException e
          && e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_CHECK) return true;
      if (t instanceof SQLException e && "23514".equals(e.getSQLState())) return true;
    }
    return false;
  }
}

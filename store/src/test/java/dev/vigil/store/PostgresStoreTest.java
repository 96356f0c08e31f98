// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vigil.admission.Store;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on PostgreSQL, where it is installed.
@SuppressWarnings("NullAway") // set before the tests
class PostgresStoreTest extends StoreAbuseContract {

  private static @Nullable PrivatePostgres postgres;

  @TempDir Path folder;
  private Database.Postgres database;
  private @Nullable OpenStore open;

  @BeforeAll
  static void start() throws Exception {
    var bin = PrivatePostgres.installed();
    assumeTrue(bin.isPresent(), "skipped: PostgreSQL is not installed on this machine");
    postgres = PrivatePostgres.start(bin.get());
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) postgres.close();
  }

  @BeforeEach
  void open() throws Exception {
    database = postgres.database();
    open = OpenStore.of(folder, database);
  }

  @AfterEach
  void close() {
    if (open != null) open.close();
  }

  @Override
  Store store() {
    return open.store();
  }

  @Test
  void a_second_server_on_the_same_database_is_refused(@TempDir Path other) {
    try (var second = OpenStore.done(DataFolder.open(other))) {
      assertThat(SqlStore.open(second, database, Scene.TIME))
          .isEqualTo(Outcome.refused(StoreRefusal.DATABASE_IN_USE));
    }
  }

  @Test
  void a_wrong_password_is_refused_without_being_told(@TempDir Path other) {
    var wrong =
        new Database.Postgres(
            database.url(),
            database.user(),
            Secret.of("hunter2".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(wrong.toString()).doesNotContain("hunter2");
    try (var second = OpenStore.done(DataFolder.open(other))) {
      assertThat(SqlStore.open(second, wrong, Scene.TIME))
          .isEqualTo(Outcome.refused(StoreRefusal.DATABASE_UNREACHABLE));
    }
  }

  @Test
  void what_was_stored_is_there_after_opening_again() {
    var alice = scene.person("alice@bank.example");
    change(tx -> tx.put(alice));
    open.close();
    open = OpenStore.of(folder, database);
    one(v -> v.subject(alice.id())).contains(alice);
  }
}

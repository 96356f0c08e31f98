// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.audit.DecisionRecord.Snapshot;
import dev.vigil.kernel.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was kept of facts can be read beside a server and after it, and reading changes nothing.
class FactsHistoryTest {

  @TempDir Path folder = Path.of("");

  private static final Snapshot KEPT = new Snapshot("device", "dev_a", 3);

  private FactsHistory open() {
    return OpenStore.done(FactsHistory.open(folder, new Database.Sqlite()));
  }

  @Test
  void what_was_kept_is_found_while_a_server_runs_and_after() {
    try (var running = OpenStore.sqlite(folder)) {
      running
          .store()
          .change(tx -> {
            tx.putFacts("device", "dev_a", 3, "{\"facts\":{}}");
            return true;
          });
      try (var history = open()) {
        assertThat(history.facts(KEPT)).contains("{\"facts\":{}}");
        assertThat(history.facts(new Snapshot("device", "dev_a", 4))).isEmpty();
      }
    }
    try (var history = open()) {
      assertThat(history.facts(KEPT)).contains("{\"facts\":{}}");
    }
  }

  @Test
  void where_no_database_is_none_is_made() {
    assertThat(FactsHistory.open(folder, new Database.Sqlite()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(StoreRefusal.DATABASE_MISSING));
    assertThat(Files.exists(folder.resolve("vigil.db"))).isFalse();
  }
}

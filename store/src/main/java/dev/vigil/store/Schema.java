// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

/// The tables, brought up to date from any older version; a database of a newer one is left alone.
final class Schema {

  /// Where the numbered changes of the schema stand.
  static final List<String> STEPS = List.of("classpath:dev/vigil/store/schema");

  private final Flyway flyway;

  Schema(DataSource source, List<String> steps) {
    flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(source)
            .locations(steps.toArray(String[]::new))
            .table("schema_history")
            .ignoreMigrationPatterns(new String[0])
            .cleanDisabled(true)
            .load();
  }

  /// Whether every step that was ever applied is one of ours, unchanged.
  boolean known() {
    return Arrays.stream(flyway.info().all()).map(step -> step.getState()).allMatch(Schema::known)
        && changedSteps() == 0;
  }

  private static boolean known(MigrationState state) {
    return state == MigrationState.PENDING
        || state == MigrationState.SUCCESS
        || state == MigrationState.BASELINE;
  }

  private long changedSteps() {
    return Arrays.stream(flyway.info().applied())
        .filter(step -> !step.isChecksumMatching())
        .count();
  }

  /// Brings the tables up to date.
  void migrate() {
    flyway.migrate();
  }
}

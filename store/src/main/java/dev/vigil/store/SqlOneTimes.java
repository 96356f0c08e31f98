// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.OneTime;
import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Values that count once, in the same transaction as everything else.
final class SqlOneTimes {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table
  SqlOneTimes(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  void put(OneTime value) {
    long known =
        view.query("SELECT COUNT(*) FROM one_time WHERE kind = :kind AND digest = :digest")
            .bind("kind", value.kind().name())
            .bind("digest", value.key().toString())
            .mapTo(Long.class)
            .one();
    SqlTx.refuse(known > 0, "this one-time value was used before");
    row.apply("one_time")
        .key("kind", value.kind().name())
        .key("digest", value.key().toString())
        .set("content", text(value.content()))
        .set("expires_at", instant(value.expiresAt()))
        .set("spent", false)
        .insert();
  }

  Optional<OneTime> spend(OneTime.Kind kind, Sha256 key, Instant now) {
    var found = view.peek(kind, key, now);
    found.ifPresent(_ ->
        row.apply("one_time")
            .key("kind", kind.name())
            .key("digest", key.toString())
            .set("spent", true)
            .update());
    return found;
  }

  int forgetExpired(Instant now) {
    return view.open()
        .createUpdate("DELETE FROM one_time WHERE expires_at < :now")
        .bind("now", instant(now))
        .execute();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.CertificatesTx;
import dev.vigil.admission.Tx.Conflict;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.pki.RevocationList;
import dev.vigil.posture.Device;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;

/// Issued certificates by their numbers, in the same transaction as everything else.
final class SqlCertificates implements CertificatesTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlCertificates(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<IssuedCertificate> numbered(String serial) {
    return view.query("SELECT * FROM certificate WHERE serial = :serial ORDER BY ordinal LIMIT 1")
        .bind("serial", text(serial))
        .map(Rows::certificate)
        .findOne();
  }

  @Override
  public List<RevocationList.Entry> revoked(Device.Kind kind, Instant endingAfter) {
    return view.query(
            "SELECT c.serial, c.revoked_at AS by_itself, d.revoked_at AS with_device"
                + " FROM certificate c JOIN device d ON c.device = d.id"
                + " WHERE d.kind = :kind AND c.not_after > :after"
                + " AND (c.revoked_at IS NOT NULL OR d.revoked_at IS NOT NULL)"
                + " ORDER BY c.ordinal")
        .bind("kind", kind.name())
        .bind("after", instant(endingAfter))
        .map(SqlCertificates::entry)
        .list();
  }

  /// For [dev.vigil.admission.Tx#endCertificates].
  List<DeviceId> end(Device.Kind kind, Instant at) {
    String ending =
        " ended_at IS NULL AND not_before <= :at AND not_after > :at"
            + " AND device IN (SELECT id FROM device WHERE kind = :kind)";
    var whose =
        view.query("SELECT DISTINCT device FROM certificate WHERE" + ending + " ORDER BY device")
            .bind("at", instant(at))
            .bind("kind", kind.name())
            .mapTo(String.class)
            .map(DeviceId::new)
            .list();
    try (var update =
        view.open().createUpdate("UPDATE certificate SET ended_at = :at WHERE" + ending)) {
      update.bind("at", instant(at)).bind("kind", kind.name()).execute();
    }
    return whose;
  }

  private static RevocationList.Entry entry(ResultSet row, StatementContext unused)
      throws SQLException {
    var first =
        Stream.of(Rows.optional(row, "by_itself"), Rows.optional(row, "with_device"))
            .flatMap(Optional::stream)
            .map(Instant::parse)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new RevocationList.Entry(row.getString("serial"), first);
  }

  @Override
  public void revoke(Sha256 thumbprint, Instant at) {
    var known = view.certificate(thumbprint);
    if (known.isEmpty()) throw new Conflict("the certificate was not issued");
    if (known.get().revokedAt().isPresent()) return;
    row.apply("certificate")
        .key("thumbprint", thumbprint.toString())
        .set("revoked_at", instant(at))
        .update();
  }
}

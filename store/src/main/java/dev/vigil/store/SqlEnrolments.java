// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.text;
import static dev.vigil.store.Columns.texts;

import dev.vigil.admission.EnrolmentsTx;
import dev.vigil.admission.device.EnrolmentRules.Approval;
import dev.vigil.admission.device.PendingEnrolment;
import dev.vigil.admission.device.PendingEnrolment.Approved;
import dev.vigil.admission.device.Showing;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.StatementContext;

/// Enrolments that wait for approval, in the same transaction as everything else.
final class SqlEnrolments implements EnrolmentsTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlEnrolments(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<PendingEnrolment> find(ChangeId id) {
    return view.query("SELECT * FROM pending_enrolment WHERE id = :id")
        .bind("id", id.value())
        .map(SqlEnrolments::read)
        .findOne();
  }

  @Override
  public Optional<PendingEnrolment> find(SubjectId subject, Sha256 key) {
    return view.query(
            "SELECT * FROM pending_enrolment WHERE subject = :subject AND key_thumbprint = :key")
        .bind("subject", subject.value())
        .bind("key", key.toString())
        .map(SqlEnrolments::read)
        .findOne();
  }

  @Override
  public List<PendingEnrolment> all() {
    return view.query("SELECT * FROM pending_enrolment ORDER BY ordinal")
        .map(SqlEnrolments::read)
        .list();
  }

  @Override
  public List<PendingEnrolment> of(SubjectId subject) {
    return view.query("SELECT * FROM pending_enrolment WHERE subject = :subject ORDER BY ordinal")
        .bind("subject", subject.value())
        .map(SqlEnrolments::read)
        .list();
  }

  @Override
  public void put(PendingEnrolment pending) {
    SqlTx.refuse(view.subject(pending.subject()).isEmpty(), "there is no such subject");
    SqlTx.refuse(
        find(pending.subject(), pending.key())
            .filter(other -> !other.id().equals(pending.id()))
            .isPresent(),
        "another enrolment waits for this key");
    var showing = pending.showing();
    row.apply("pending_enrolment")
        .key("id", pending.id().value())
        .set("subject", pending.subject().value())
        .set("key_thumbprint", pending.key().toString())
        .set("name", text(pending.name()))
        .set(
            "showing_json",
            json(
                List.of(
                    showing.platform(), showing.model(), showing.attestation(), showing.root())))
        .set("approver", pending.approver().name())
        .set("expires_at", instant(pending.expiresAt()))
        .set("approved_at", pending.approved().map(how -> instant(how.at())))
        .set("approved_by", pending.approved().map(how -> how.by().value()))
        .set("approved_on", pending.approved().flatMap(Approved::device).map(DeviceId::value))
        .upsertInOrder();
  }

  @Override
  public void remove(ChangeId id) {
    row.apply("pending_enrolment").key("id", id.value()).delete();
  }

  @Override
  public int forget(Instant now) {
    return view.open()
        .createUpdate("DELETE FROM pending_enrolment WHERE expires_at <= :now")
        .bind("now", instant(now))
        .execute();
  }

  private static PendingEnrolment read(ResultSet row, StatementContext unused) throws SQLException {
    var showing = texts(row.getString("showing_json"));
    return new PendingEnrolment(
        new ChangeId(row.getString("id")),
        new SubjectId(row.getString("subject")),
        Sha256.parse(row.getString("key_thumbprint")),
        row.getString("name"),
        new Showing(showing.get(0), showing.get(1), showing.get(2), showing.get(3)),
        Approval.valueOf(row.getString("approver")),
        instant(row.getString("expires_at")),
        approved(row));
  }

  private static Optional<Approved> approved(ResultSet row) throws SQLException {
    var by = Optional.ofNullable(row.getString("approved_by")).map(SubjectId::new);
    var on = Optional.ofNullable(row.getString("approved_on")).map(DeviceId::new);
    return Optional.ofNullable(row.getString("approved_at"))
        .flatMap(at -> by.map(who -> new Approved(instant(at), who, on)));
  }
}

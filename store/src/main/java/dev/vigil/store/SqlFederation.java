// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.sorted;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.federation.FederatedIdentities;
import dev.vigil.admission.federation.FederatedIdentity;
import dev.vigil.admission.federation.SignOn;
import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.federation.SubjectKey;
import dev.vigil.kernel.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Accounts at other providers, in SQL.
class SqlFederation implements FederatedIdentities {

  private final Handle handle;

  SqlFederation(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<FederatedIdentity> linked(ProviderId provider, SubjectKey key) {
    return handle
        .createQuery(
            "SELECT * FROM federated_identity WHERE provider = :provider AND subject_key = :key")
        .bind("provider", provider.value())
        .bind("key", key.value())
        .map(SqlFederation::identity)
        .findOne();
  }

  @Override
  public List<FederatedIdentity> linksOf(SubjectId subject) {
    return handle
        .createQuery("SELECT * FROM federated_identity WHERE subject = :subject ORDER BY ordinal")
        .bind("subject", subject.value())
        .map(SqlFederation::identity)
        .list();
  }

  @Override
  public Optional<SignOn> signOn(String reference) {
    return handle
        .createQuery("SELECT * FROM federated_sign_on WHERE reference = :reference")
        .bind("reference", text(reference))
        .map(SqlFederation::signOn)
        .findOne();
  }

  @Override
  public List<SignOn> signOns(
      ProviderId provider, Optional<String> upstreamSubject, Optional<String> sid) {
    if (upstreamSubject.isEmpty() && sid.isEmpty()) return List.of();
    var query =
        handle
            .createQuery(
                "SELECT * FROM federated_sign_on WHERE provider = :provider"
                    + (upstreamSubject.isPresent() ? " AND upstream_subject = :upstream" : "")
                    + (sid.isPresent() ? " AND sid = :sid" : "")
                    + " ORDER BY ordinal")
            .bind("provider", provider.value());
    upstreamSubject.ifPresent(value -> query.bind("upstream", text(value)));
    sid.ifPresent(value -> query.bind("sid", text(value)));
    return query.map(SqlFederation::signOn).list();
  }

  private static FederatedIdentity identity(ResultSet row, StatementContext unused)
      throws SQLException {
    return new FederatedIdentity(
        new ProviderId(row.getString("provider")),
        new SubjectKey(row.getString("subject_key")),
        new SubjectId(row.getString("subject")),
        Set.copyOf(Columns.texts(row.getString("groups_json"))),
        instant(row.getString("linked_at")),
        instant(row.getString("last_sign_in_at")));
  }

  private static SignOn signOn(ResultSet row, StatementContext unused) throws SQLException {
    return new SignOn(
        row.getString("reference"),
        new ProviderId(row.getString("provider")),
        row.getString("upstream_subject"),
        Optional.ofNullable(row.getString("sid")),
        new SubjectId(row.getString("subject")),
        instant(row.getString("made_at")));
  }

  /// The same in a change.
  static final class InChange extends SqlFederation implements Changing {

    private final Handle handle;
    private final Statements statements;
    private final Consumer<SubjectId> requireSubject;

    InChange(Handle handle, Statements statements, Consumer<SubjectId> requireSubject) {
      super(handle);
      this.handle = handle;
      this.statements = statements;
      this.requireSubject = requireSubject;
    }

    @Override
    public void put(FederatedIdentity identity) {
      requireSubject.accept(identity.subject());
      if (linked(identity.provider(), identity.key())
          .filter(other -> !other.subject().equals(identity.subject()))
          .isPresent()) throw new Conflict("the account is linked to another subject");
      statements
          .row("federated_identity")
          .key("provider", identity.provider().value())
          .key("subject_key", identity.key().value())
          .set("subject", identity.subject().value())
          .set("groups_json", sorted(identity.groups()))
          .set("linked_at", instant(identity.linkedAt()))
          .set("last_sign_in_at", instant(identity.lastSignIn()))
          .upsertInOrder();
    }

    @Override
    public void unlink(ProviderId provider, SubjectKey key) {
      statements
          .row("federated_identity")
          .key("provider", provider.value())
          .key("subject_key", key.value())
          .delete();
    }

    @Override
    public void put(SignOn signOn) {
      requireSubject.accept(signOn.subject());
      statements
          .row("federated_sign_on")
          .key("reference", text(signOn.reference()))
          .set("provider", signOn.provider().value())
          .set("upstream_subject", text(signOn.upstreamSubject()))
          .set("sid", signOn.sid().map(Columns::text))
          .set("subject", signOn.subject().value())
          .set("made_at", instant(signOn.at()))
          .upsertInOrder();
    }

    @Override
    public void end(String reference) {
      statements.row("federated_sign_on").key("reference", text(reference)).delete();
    }

    @Override
    public int forget(SubjectId subject, Instant before) {
      return handle
          .createUpdate(
              "DELETE FROM federated_sign_on WHERE subject = :subject AND made_at < :before")
          .bind("subject", subject.value())
          .bind("before", instant(before))
          .execute();
    }
  }
}

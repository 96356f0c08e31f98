// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;

import dev.vigil.admission.provisioning.GroupId;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.ProviderId;
import dev.vigil.admission.provisioning.ProviderToken;
import dev.vigil.admission.provisioning.ProvisionedGroup;
import dev.vigil.admission.provisioning.ProvisionedUser;
import dev.vigil.admission.provisioning.ProvisioningView;
import dev.vigil.identity.Population;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Queries about provisioning in one transaction.
class SqlProvisioning implements ProvisioningView {

  final SqlView view;

  SqlProvisioning(SqlView view) {
    this.view = view;
  }

  @Override
  public List<Provider> providers() {
    return view.query("SELECT * FROM scim_provider ORDER BY ordinal")
        .map(SqlProvisioning::provider)
        .list();
  }

  @Override
  public Optional<Provider> provider(ProviderId id) {
    return view.query("SELECT * FROM scim_provider WHERE id = :id")
        .bind("id", id.value())
        .map(SqlProvisioning::provider)
        .findOne();
  }

  @Override
  public Optional<ProviderToken> token(Sha256 digest) {
    return view.query("SELECT * FROM scim_token WHERE digest = :digest")
        .bind("digest", digest.toString())
        .map(SqlProvisioning::token)
        .findOne();
  }

  @Override
  public List<ProviderToken> tokensOf(ProviderId provider) {
    return view.query("SELECT * FROM scim_token WHERE provider = :provider ORDER BY ordinal")
        .bind("provider", provider.value())
        .map(SqlProvisioning::token)
        .list();
  }

  @Override
  public Optional<ProvisionedUser> user(SubjectId subject) {
    return view.query("SELECT * FROM scim_user WHERE subject = :subject")
        .bind("subject", subject.value())
        .map(SqlProvisioning::user)
        .findOne();
  }

  @Override
  public List<ProvisionedUser> users(ProviderId provider) {
    return view.query(
            "SELECT * FROM scim_user WHERE provider = :provider AND deleted_at IS NULL ORDER BY"
                + " ordinal")
        .bind("provider", provider.value())
        .map(SqlProvisioning::user)
        .list();
  }

  @Override
  public List<ProvisionedUser> users(ProviderId provider, String externalId) {
    return view.query(
            "SELECT * FROM scim_user WHERE provider = :provider AND external_id = :external AND"
                + " deleted_at IS NULL ORDER BY ordinal")
        .bind("provider", provider.value())
        .bind("external", Columns.text(externalId))
        .map(SqlProvisioning::user)
        .list();
  }

  @Override
  public Optional<ProvisionedGroup> group(GroupId id) {
    return view.query("SELECT * FROM scim_group WHERE id = :id")
        .bind("id", id.value())
        .map(SqlProvisioning::group)
        .findOne();
  }

  @Override
  public Optional<ProvisionedGroup> groupNamed(String name) {
    return view.query("SELECT * FROM scim_group WHERE name = :name")
        .bind("name", Columns.text(name))
        .map(SqlProvisioning::group)
        .findOne();
  }

  @Override
  public List<ProvisionedGroup> groups(ProviderId provider) {
    return view.query("SELECT * FROM scim_group WHERE provider = :provider ORDER BY ordinal")
        .bind("provider", provider.value())
        .map(SqlProvisioning::group)
        .list();
  }

  private static Optional<String> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Provider provider(ResultSet row, StatementContext unused) throws SQLException {
    return new Provider(
        new ProviderId(row.getString("id")),
        Provider.Kind.valueOf(row.getString("kind")),
        row.getString("name"),
        Population.valueOf(row.getString("population")),
        Provider.Adoption.valueOf(row.getString("adoption")),
        optional(row, "machine").map(SubjectId::new),
        instant(row.getString("created_at")));
  }

  private static ProviderToken token(ResultSet row, StatementContext unused) throws SQLException {
    return new ProviderToken(
        Sha256.parse(row.getString("digest")),
        new ProviderId(row.getString("provider")),
        instant(row.getString("created_at")),
        instant(row.getString("expires_at")),
        optional(row, "last_used_at").map(Columns::instant));
  }

  private static ProvisionedUser user(ResultSet row, StatementContext unused) throws SQLException {
    return new ProvisionedUser(
        new SubjectId(row.getString("subject")),
        new ProviderId(row.getString("provider")),
        optional(row, "external_id"),
        row.getString("attributes_json"),
        ProvisionedUser.Standing.valueOf(row.getString("standing")),
        instant(row.getString("created_at")),
        instant(row.getString("modified_at")),
        optional(row, "deleted_at").map(Columns::instant));
  }

  private static ProvisionedGroup group(ResultSet row, StatementContext unused)
      throws SQLException {
    return new ProvisionedGroup(
        new GroupId(row.getString("id")),
        new ProviderId(row.getString("provider")),
        optional(row, "external_id"),
        row.getString("display_name"),
        row.getString("name"),
        instant(row.getString("created_at")),
        instant(row.getString("modified_at")));
  }
}

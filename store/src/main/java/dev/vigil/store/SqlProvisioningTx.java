// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.Tx.Conflict;
import dev.vigil.admission.provisioning.GroupId;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.ProviderId;
import dev.vigil.admission.provisioning.ProviderToken;
import dev.vigil.admission.provisioning.ProvisionedGroup;
import dev.vigil.admission.provisioning.ProvisionedUser;
import dev.vigil.admission.provisioning.ProvisioningTx;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.util.List;
import java.util.function.Function;

/// Changes of provisioning in one transaction.
final class SqlProvisioningTx extends SqlProvisioning implements ProvisioningTx {

  private final Function<String, Statements.Row> rows;

  SqlProvisioningTx(SqlView view, Function<String, Statements.Row> rows) {
    super(view);
    this.rows = rows;
  }

  @Override
  public void put(Provider provider) {
    provider.machine().ifPresent(this::requireSubject);
    var others = providers().stream().filter(other -> !other.id().equals(provider.id())).toList();
    refuse(
        others.stream().anyMatch(other -> other.name().equals(provider.name())),
        "another provider has this name");
    refuse(
        provider.machine().isPresent()
            && others.stream().anyMatch(other -> other.machine().equals(provider.machine())),
        "another provider has this machine");
    rows.apply("scim_provider")
        .key("id", provider.id().value())
        .set("kind", provider.kind().name())
        .set("name", text(provider.name()))
        .set("population", provider.population().name())
        .set("adoption", provider.adoption().name())
        .set("machine", provider.machine().map(SubjectId::value))
        .set("created_at", instant(provider.createdAt()))
        .upsertInOrder();
  }

  @Override
  public void remove(ProviderId provider) {
    for (String table : List.of("scim_token", "scim_user", "scim_group"))
      view.open()
          .createUpdate("DELETE FROM " + table + " WHERE provider = :provider")
          .bind("provider", provider.value())
          .execute();
    rows.apply("scim_provider").key("id", provider.value()).delete();
  }

  @Override
  public void put(ProviderToken token) {
    requireProvider(token.provider());
    rows.apply("scim_token")
        .key("digest", token.digest().toString())
        .set("provider", token.provider().value())
        .set("created_at", instant(token.createdAt()))
        .set("expires_at", instant(token.expiresAt()))
        .set("last_used_at", token.lastUsedAt().map(Columns::instant))
        .upsertInOrder();
  }

  @Override
  public void removeToken(Sha256 digest) {
    rows.apply("scim_token").key("digest", digest.toString()).delete();
  }

  @Override
  public void put(ProvisionedUser user) {
    requireSubject(user.subject());
    requireProvider(user.provider());
    rows.apply("scim_user")
        .key("subject", user.subject().value())
        .set("provider", user.provider().value())
        .set("external_id", user.externalId().map(Columns::text))
        .set("attributes_json", text(user.attributes()))
        .set("standing", user.standing().name())
        .set("created_at", instant(user.createdAt()))
        .set("modified_at", instant(user.modifiedAt()))
        .set("deleted_at", user.deletedAt().map(Columns::instant))
        .upsertInOrder();
  }

  @Override
  public void put(ProvisionedGroup group) {
    requireProvider(group.provider());
    refuse(
        groupNamed(group.name()).filter(other -> !other.id().equals(group.id())).isPresent(),
        "another group has this name");
    rows.apply("scim_group")
        .key("id", group.id().value())
        .set("provider", group.provider().value())
        .set("external_id", group.externalId().map(Columns::text))
        .set("display_name", text(group.displayName()))
        .set("name", text(group.name()))
        .set("created_at", instant(group.createdAt()))
        .set("modified_at", instant(group.modifiedAt()))
        .upsertInOrder();
  }

  @Override
  public void removeGroup(GroupId id) {
    rows.apply("scim_group").key("id", id.value()).delete();
  }

  private void requireProvider(ProviderId id) {
    refuse(provider(id).isEmpty(), "there is no provider `" + id + "`");
  }

  private void requireSubject(SubjectId id) {
    refuse(view.subject(id).isEmpty(), "there is no subject `" + id + "`");
  }

  private static void refuse(boolean contradiction, String why) {
    if (contradiction) throw new Conflict(why);
  }
}

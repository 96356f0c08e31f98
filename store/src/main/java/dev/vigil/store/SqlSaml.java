// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.sorted;
import static dev.vigil.store.Columns.text;
import static dev.vigil.store.Columns.texts;

import dev.vigil.admission.SamlTx;
import dev.vigil.admission.Tx;
import dev.vigil.identity.saml.Assertions.NameId;
import dev.vigil.identity.saml.NameIdFormat;
import dev.vigil.identity.saml.RegisteredProvider;
import dev.vigil.identity.saml.RegisteredProvider.Attribute;
import dev.vigil.identity.saml.RegisteredProvider.Option;
import dev.vigil.identity.saml.ServiceProvider;
import dev.vigil.identity.saml.SpMetadata;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.SessionId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/// SAML service providers in the same transaction as everything else.
final class SqlSaml implements SamlTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlSaml(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<RegisteredProvider> provider(String id) {
    return view.query("SELECT * FROM saml_provider WHERE id = :id")
        .bind("id", text(id))
        .map(SqlSaml::providerOf)
        .findOne();
  }

  @Override
  public Optional<RegisteredProvider> entity(String entityId) {
    return view.query("SELECT * FROM saml_provider WHERE entity_id = :entity")
        .bind("entity", text(entityId))
        .map(SqlSaml::providerOf)
        .findOne();
  }

  @Override
  public List<RegisteredProvider> providers() {
    return view.query("SELECT * FROM saml_provider ORDER BY ordinal")
        .map(SqlSaml::providerOf)
        .list();
  }

  @Override
  public List<SamlSignOn> signOns(SessionId session) {
    return view.query("SELECT * FROM saml_sign_on WHERE session = :session ORDER BY ordinal")
        .bind("session", session.value())
        .map(SqlSaml::signOnOf)
        .list();
  }

  @Override
  public List<SamlSignOn> signOns(String provider, String nameId) {
    return view.query(
            "SELECT * FROM saml_sign_on WHERE provider = :provider AND name_id = :name"
                + " ORDER BY ordinal")
        .bind("provider", text(provider))
        .bind("name", text(nameId))
        .map(SqlSaml::signOnOf)
        .list();
  }

  @Override
  public void put(RegisteredProvider provider) {
    var known = entity(provider.described().entityId());
    if (known.filter(one -> !one.id().equals(provider.id())).isPresent())
      throw new Tx.Conflict("another provider has this entity ID");
    row.apply("saml_provider")
        .key("id", text(provider.id()))
        .set("entity_id", text(provider.described().entityId()))
        .set("name", text(provider.name()))
        .set("app", provider.app().value())
        .set("metadata", text(provider.metadata()))
        .set("format", provider.format().name())
        .set("attributes_json", json(pairs(provider.attributes())))
        .set("options_json", sorted(provider.options().stream().map(Enum::name).toList()))
        .upsertInOrder();
  }

  /// One text each: the source, a space, and the name, which may hold anything.
  private static List<String> pairs(Map<String, Attribute> attributes) {
    return attributes.entrySet().stream()
        .map(one -> one.getValue().name() + " " + one.getKey())
        .sorted()
        .toList();
  }

  @Override
  public void removeProvider(String id) {
    row.apply("saml_sign_on").key("provider", text(id)).delete();
    row.apply("saml_provider").key("id", text(id)).delete();
  }

  @Override
  public void put(SamlSignOn signOn) {
    if (view.session(signOn.session()).isEmpty())
      throw new Tx.Conflict("there is no session `" + signOn.session() + "`");
    if (provider(signOn.provider()).isEmpty())
      throw new Tx.Conflict("there is no provider `" + signOn.provider() + "`");
    row.apply("saml_sign_on")
        .key("session", signOn.session().value())
        .key("provider", text(signOn.provider()))
        .set("format", signOn.nameId().format().name())
        .set("name_id", text(signOn.nameId().value()))
        .set("session_index", text(signOn.index()))
        .set("at", instant(signOn.at()))
        .upsertInOrder();
  }

  private static RegisteredProvider providerOf(ResultSet row, StatementContext unused)
      throws SQLException {
    String metadata = row.getString("metadata");
    var attributes = new LinkedHashMap<String, Attribute>();
    for (String pair : texts(row.getString("attributes_json"))) {
      int space = pair.indexOf(' ');
      attributes.put(pair.substring(space + 1), Attribute.valueOf(pair.substring(0, space)));
    }
    return new RegisteredProvider(
        row.getString("id"),
        row.getString("name"),
        new AppId(row.getString("app")),
        metadata,
        described(metadata),
        NameIdFormat.valueOf(row.getString("format")),
        attributes,
        texts(row.getString("options_json")).stream()
            .map(Option::valueOf)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static ServiceProvider described(String metadata) throws SQLException {
    return switch (SpMetadata.read(Bytes.of(metadata.getBytes(StandardCharsets.UTF_8)))) {
      case Outcome.Done<ServiceProvider>(ServiceProvider one) -> one;
      case Outcome.Refused<ServiceProvider>(var refusal, String _) ->
          throw new SQLException("kept metadata are refused: " + refusal.says());
    };
  }

  private static SamlSignOn signOnOf(ResultSet row, StatementContext unused) throws SQLException {
    return new SamlSignOn(
        new SessionId(row.getString("session")),
        row.getString("provider"),
        new NameId(NameIdFormat.valueOf(row.getString("format")), row.getString("name_id")),
        row.getString("session_index"),
        instant(row.getString("at")));
  }
}

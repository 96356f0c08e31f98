// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.sorted;
import static dev.vigil.store.Columns.text;
import static dev.vigil.store.Columns.texts;

import dev.vigil.admission.ClientsTx;
import dev.vigil.admission.Tx;
import dev.vigil.identity.oauth.RegisteredClient;
import dev.vigil.identity.oauth.RegisteredClient.Method;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;

/// Clients, browsers and sign-ins in the same transaction as everything else.
final class SqlClients implements ClientsTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlClients(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<RegisteredClient> client(String id) {
    return view.query("SELECT * FROM client WHERE id = :id")
        .bind("id", text(id))
        .map(SqlClients::clientOf)
        .findOne();
  }

  @Override
  public List<RegisteredClient> clients() {
    return view.query("SELECT * FROM client ORDER BY ordinal").map(SqlClients::clientOf).list();
  }

  @Override
  public Optional<Browser> browser(Sha256 secret) {
    return view.query("SELECT * FROM browser WHERE secret = :secret")
        .bind("secret", secret.toString())
        .map((row, _) ->
            new Browser(
                new SessionId(row.getString("session")),
                Sha256.parse(row.getString("secret")),
                instant(row.getString("used_at")),
                Optional.ofNullable(row.getString("device")).map(DeviceId::new)))
        .findOne();
  }

  @Override
  public Optional<SignOn> signOn(SessionId session, String client) {
    return view.query("SELECT * FROM sign_on WHERE session = :session AND client = :client")
        .bind("session", session.value())
        .bind("client", text(client))
        .map(SqlClients::signOnOf)
        .findOne();
  }

  @Override
  public List<SignOn> signOns(SessionId session) {
    return view.query("SELECT * FROM sign_on WHERE session = :session ORDER BY ordinal")
        .bind("session", session.value())
        .map(SqlClients::signOnOf)
        .list();
  }

  @Override
  public List<LogoutNotice> dueNotices(Instant now, int limit) {
    return view.query(
            "SELECT * FROM logout_notice WHERE due_at <= :now ORDER BY ordinal LIMIT :limit")
        .bind("now", instant(now))
        .bind("limit", limit)
        .map((row, _) ->
            new LogoutNotice(
                row.getString("id"),
                row.getString("client"),
                row.getString("address"),
                new SubjectId(row.getString("subject")),
                new SessionId(row.getString("session")),
                row.getInt("tries"),
                instant(row.getString("due_at"))))
        .list();
  }

  @Override
  public void put(RegisteredClient client) {
    client.machine().ifPresent(this::requireSubject);
    row.apply("client")
        .key("id", text(client.id()))
        .set("name", text(client.name()))
        .set("kind", client.kind().name())
        .set("profile", client.profile().name())
        .set("method", client.method().label())
        .set(
            "jwks",
            client.method() instanceof Method.Keys(String jwks)
                ? Optional.of(text(jwks))
                : Optional.empty())
        .set(
            "certificates_json",
            client.method() instanceof Method.Certificates(Set<Sha256> all)
                ? sorted(all.stream().map(Sha256::toString).toList())
                : "[]")
        .set("app", client.app().value())
        .set("redirects_json", sorted(client.redirects()))
        .set("after_logout_json", sorted(client.afterLogout()))
        .set("backchannel_logout", client.backchannelLogout().map(Columns::text))
        .set("scopes_json", sorted(client.scopes()))
        .set("calls_json", sorted(client.calls().stream().map(AppId::value).toList()))
        .set("machine", client.machine().map(SubjectId::value))
        .upsertInOrder();
  }

  @Override
  public void remove(String client) {
    row.apply("logout_notice").key("client", text(client)).delete();
    row.apply("sign_on").key("client", text(client)).delete();
    row.apply("client").key("id", text(client)).delete();
  }

  @Override
  public void put(Browser browser) {
    requireSession(browser.session());
    row.apply("browser")
        .key("session", browser.session().value())
        .set("secret", browser.secret().toString())
        .set("used_at", instant(browser.usedAt()))
        .set("device", browser.device().map(DeviceId::value))
        .upsert();
  }

  @Override
  public void put(SignOn signOn) {
    requireSession(signOn.session());
    requireClient(signOn.client());
    row.apply("sign_on")
        .key("session", signOn.session().value())
        .key("client", text(signOn.client()))
        .set("device", signOn.device().map(DeviceId::value))
        .set("bound", signOn.key().map(Sha256::toString))
        .set("scopes_json", json(signOn.scopes()))
        .set("address", signOn.seen().map(seen -> text(seen.address())))
        .set("seen_at", signOn.seen().map(seen -> instant(seen.at())))
        .set("at", instant(signOn.at()))
        .upsertInOrder();
  }

  @Override
  public void put(LogoutNotice notice) {
    requireClient(notice.client());
    row.apply("logout_notice")
        .key("id", text(notice.id()))
        .set("client", text(notice.client()))
        .set("address", text(notice.address()))
        .set("subject", notice.subject().value())
        .set("session", notice.session().value())
        .set("tries", notice.tries())
        .set("due_at", instant(notice.dueAt()))
        .upsertInOrder();
  }

  @Override
  public void remove(LogoutNotice notice) {
    row.apply("logout_notice").key("id", text(notice.id())).delete();
  }

  private void requireSubject(SubjectId id) {
    if (view.subject(id).isEmpty()) throw new Tx.Conflict("there is no subject `" + id + "`");
  }

  private void requireSession(SessionId id) {
    if (view.session(id).isEmpty()) throw new Tx.Conflict("there is no session `" + id + "`");
  }

  private void requireClient(String id) {
    if (client(id).isEmpty()) throw new Tx.Conflict("there is no client `" + id + "`");
  }

  private static RegisteredClient clientOf(ResultSet row, StatementContext unused)
      throws SQLException {
    return new RegisteredClient(
        row.getString("id"),
        row.getString("name"),
        RegisteredClient.Kind.valueOf(row.getString("kind")),
        RegisteredClient.Profile.valueOf(row.getString("profile")),
        method(row),
        new AppId(row.getString("app")),
        Set.copyOf(texts(row.getString("redirects_json"))),
        Set.copyOf(texts(row.getString("after_logout_json"))),
        Optional.ofNullable(row.getString("backchannel_logout")),
        Set.copyOf(texts(row.getString("scopes_json"))),
        texts(row.getString("calls_json")).stream()
            .map(AppId::new)
            .collect(Collectors.toUnmodifiableSet()),
        Optional.ofNullable(row.getString("machine")).map(SubjectId::new));
  }

  private static Method method(ResultSet row) throws SQLException {
    var label = row.getString("method");
    return switch (label) {
      case "private_key_jwt" -> new Method.Keys(row.getString("jwks"));
      case "tls_client_auth" ->
          new Method.Certificates(
              texts(row.getString("certificates_json")).stream()
                  .map(Sha256::parse)
                  .collect(Collectors.toUnmodifiableSet()));
      case "none" -> new Method.Proof();
      default -> throw new SQLException("a client authenticates by the unknown `" + label + "`");
    };
  }

  private static SignOn signOnOf(ResultSet row, StatementContext unused) throws SQLException {
    return new SignOn(
        new SessionId(row.getString("session")),
        row.getString("client"),
        Optional.ofNullable(row.getString("device")).map(DeviceId::new),
        Optional.ofNullable(row.getString("bound")).map(Sha256::parse),
        texts(row.getString("scopes_json")),
        seenOf(row),
        instant(row.getString("at")));
  }

  private static Optional<Seen> seenOf(ResultSet row) throws SQLException {
    String address = row.getString("address");
    return address == null
        ? Optional.empty()
        : Optional.of(new Seen(address, instant(row.getString("seen_at"))));
  }
}

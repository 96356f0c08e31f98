// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.text;
import static dev.vigil.store.Columns.texts;

import dev.vigil.admission.AcmeTx;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.acme.Account;
import dev.vigil.pki.acme.AccountKey;
import dev.vigil.pki.acme.Order;
import dev.vigil.pki.acme.Order.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;

/// ACME accounts and orders in the same transaction as everything else.
final class SqlAcme implements AcmeTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlAcme(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<Account> account(String id) {
    return view.query("SELECT * FROM acme_account WHERE id = :id")
        .bind("id", text(id))
        .map(SqlAcme::accountOf)
        .findOne();
  }

  @Override
  public Optional<Account> accountOfKey(Sha256 thumbprint) {
    return view.query("SELECT * FROM acme_account WHERE thumbprint = :thumbprint")
        .bind("thumbprint", thumbprint.toString())
        .map(SqlAcme::accountOf)
        .findOne();
  }

  @Override
  public Optional<Order> order(Sha256 id) {
    return view.query("SELECT * FROM acme_order WHERE id = :id")
        .bind("id", id.toString())
        .map(SqlAcme::orderOf)
        .findOne();
  }

  @Override
  public int ordersUnderWay(String account, Instant now) {
    return view.query(
            "SELECT COUNT(*) FROM acme_order WHERE account = :account AND expires_at > :now"
                + " AND progress IN ('PENDING', 'READY')")
        .bind("account", text(account))
        .bind("now", instant(now))
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public Optional<Held> held(Sha256 identifier) {
    return view.query("SELECT * FROM acme_device WHERE identifier = :identifier")
        .bind("identifier", identifier.toString())
        .map(SqlAcme::heldOf)
        .findOne();
  }

  @Override
  public Optional<Held> held(DeviceId device) {
    return view.query("SELECT * FROM acme_device WHERE device = :device ORDER BY identifier")
        .bind("device", device.value())
        .map(SqlAcme::heldOf)
        .findFirst();
  }

  @Override
  public void put(Account account) {
    var known = accountOfKey(account.key().thumbprint());
    SqlTx.refuse(
        known.filter(one -> !one.id().equals(account.id())).isPresent(),
        "another account has this key");
    row.apply("acme_account")
        .key("id", text(account.id()))
        .set("thumbprint", account.key().thumbprint().toString())
        .set("jwk", text(account.key().jwk()))
        .set("state", account.state().name())
        .set("at", instant(account.at()))
        .upsertInOrder();
  }

  @Override
  public void put(Order order) {
    SqlTx.refuse(account(order.account()).isEmpty(), "there is no such account");
    row.apply("acme_order")
        .key("id", order.id().toString())
        .set("account", text(order.account()))
        .set("identifier", order.identifier().digest().toString())
        .set("sealed", order.identifier().sealed().toString())
        .set("token", text(order.token()))
        .set("renews", order.renews().map(DeviceId::value))
        .set("expires_at", instant(order.expiresAt()))
        .set("progress", name(order.progress()))
        .set("about_json", json(about(order.progress())))
        .upsert();
  }

  private static String name(Progress progress) {
    return switch (progress) {
      case Progress.Pending _ -> "PENDING";
      case Progress.Ready _ -> "READY";
      case Progress.Issued _ -> "ISSUED";
      case Progress.Failed _ -> "FAILED";
      case Progress.Abandoned _ -> "ABANDONED";
    };
  }

  private static List<String> about(Progress progress) {
    return switch (progress) {
      case Progress.Pending _, Progress.Abandoned _ -> List.of();
      case Progress.Ready(Sha256 key, Instant at, String evidence) ->
          List.of(key.toString(), instant(at), evidence);
      case Progress.Issued(Instant attested, List<Bytes> chain) ->
          Stream.concat(Stream.of(instant(attested)), chain.stream().map(Bytes::toString)).toList();
      case Progress.Failed(String code, String says) -> List.of(code, says);
    };
  }

  @Override
  public void put(Held held) {
    SqlTx.refuse(account(held.account()).isEmpty(), "there is no such account");
    SqlTx.refuse(view.device(held.device()).isEmpty(), "there is no such device");
    row.apply("acme_device")
        .key("identifier", held.identifier().toString())
        .set("account", text(held.account()))
        .set("device", held.device().value())
        .upsert();
  }

  @Override
  public int forget(Instant before) {
    int orders =
        view.open()
            .createUpdate("DELETE FROM acme_order WHERE expires_at < :before")
            .bind("before", instant(before))
            .execute();
    int accounts =
        view.open()
            .createUpdate(
                "DELETE FROM acme_account WHERE at < :before"
                    + " AND NOT EXISTS (SELECT 1 FROM acme_order o WHERE o.account ="
                    + " acme_account.id)"
                    + " AND NOT EXISTS (SELECT 1 FROM acme_device d WHERE d.account ="
                    + " acme_account.id)")
            .bind("before", instant(before))
            .execute();
    return orders + accounts;
  }

  private static Account accountOf(ResultSet row, StatementContext unused) throws SQLException {
    return new Account(
        row.getString("id"),
        new AccountKey(Sha256.parse(row.getString("thumbprint")), row.getString("jwk")),
        Account.State.valueOf(row.getString("state")),
        instant(row.getString("at")));
  }

  private static Order orderOf(ResultSet row, StatementContext unused) throws SQLException {
    return new Order(
        Sha256.parse(row.getString("id")),
        row.getString("account"),
        new Order.Identifier(
            Sha256.parse(row.getString("identifier")), Bytes.parse(row.getString("sealed"))),
        row.getString("token"),
        Optional.ofNullable(row.getString("renews")).map(DeviceId::new),
        instant(row.getString("expires_at")),
        progressOf(row.getString("progress"), texts(row.getString("about_json"))));
  }

  private static Progress progressOf(String name, List<String> about) throws SQLException {
    return switch (name) {
      case "PENDING" -> new Progress.Pending();
      case "READY" ->
          new Progress.Ready(Sha256.parse(about.get(0)), instant(about.get(1)), about.get(2));
      case "ISSUED" ->
          new Progress.Issued(
              instant(about.getFirst()), about.stream().skip(1).map(Bytes::parse).toList());
      case "FAILED" -> new Progress.Failed(about.get(0), about.get(1));
      case "ABANDONED" -> new Progress.Abandoned();
      default -> throw new SQLException("an order's progress is unknown: " + name);
    };
  }

  private static Held heldOf(ResultSet row, StatementContext unused) throws SQLException {
    return new Held(
        Sha256.parse(row.getString("identifier")),
        row.getString("account"),
        new DeviceId(row.getString("device")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.read;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.Tx;
import dev.vigil.admission.feed.FeedClaim;
import dev.vigil.admission.feed.FeedLink;
import dev.vigil.admission.feed.FeedState;
import dev.vigil.admission.feed.FeedsTx;
import dev.vigil.admission.feed.PostureSource.Reason;
import dev.vigil.kernel.DeviceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/// Feeds, links and claims in the same transaction as everything else.
final class SqlFeeds implements FeedsTx {

  private final SqlView view;
  private final Function<String, Statements.Row> row;

  /// @param row begins the row of a table; for queries alone it is never called
  SqlFeeds(SqlView view, Function<String, Statements.Row> row) {
    this.view = view;
    this.row = row;
  }

  @Override
  public Optional<FeedState> state(String feed) {
    return view.query("SELECT * FROM feed WHERE id = :id")
        .bind("id", text(feed))
        .map(SqlFeeds::stateOf)
        .findOne();
  }

  @Override
  public List<FeedState> states() {
    return view.query("SELECT * FROM feed ORDER BY ordinal").map(SqlFeeds::stateOf).list();
  }

  @Override
  public Optional<FeedLink> link(String feed, String management) {
    return view.query("SELECT * FROM feed_link WHERE feed = :feed AND management = :management")
        .bind("feed", text(feed))
        .bind("management", text(management))
        .map(SqlFeeds::linkOf)
        .findOne();
  }

  @Override
  public List<FeedLink> linksOf(DeviceId device) {
    return view.query("SELECT * FROM feed_link WHERE device = :device ORDER BY feed")
        .bind("device", device.value())
        .map(SqlFeeds::linkOf)
        .list();
  }

  @Override
  public List<FeedLink> links(String feed, String after, int limit) {
    return view.query(
            "SELECT * FROM feed_link WHERE feed = :feed AND management > :after"
                + " ORDER BY management LIMIT :limit")
        .bind("feed", text(feed))
        .bind("after", text(after))
        .bind("limit", limit)
        .map(SqlFeeds::linkOf)
        .list();
  }

  @Override
  public List<FeedClaim> claims(String feed, String management) {
    return view.query(
            "SELECT * FROM feed_claim WHERE feed = :feed AND management = :management"
                + " ORDER BY ordinal")
        .bind("feed", text(feed))
        .bind("management", text(management))
        .map(SqlFeeds::claimOf)
        .list();
  }

  @Override
  public Optional<FeedClaim> claim(String feed, DeviceId device) {
    return view.query("SELECT * FROM feed_claim WHERE feed = :feed AND device = :device")
        .bind("feed", text(feed))
        .bind("device", device.value())
        .map(SqlFeeds::claimOf)
        .findOne();
  }

  @Override
  public void put(FeedState state) {
    row.apply("feed")
        .key("id", text(state.feed()))
        .set("since", instant(state.since()))
        .set("resume", state.resume().map(Columns::text))
        .set("full_at", state.full().map(Columns::instant))
        .set("completed_at", state.completed().map(Columns::instant))
        .set("attempted_at", state.attempted().map(Columns::instant))
        .set("reason", state.failure().map(one -> one.reason().name()))
        .set("says", state.failure().map(one -> text(one.says())))
        .set("times", state.failure().map(FeedState.Failure::times).orElse(0))
        .set("next_at", state.next().map(Columns::instant))
        .set("counts_json", json(state.counts()))
        .set("silent_at", state.silent().map(Columns::instant))
        .upsertInOrder();
  }

  @Override
  public void put(FeedLink link) {
    link.device()
        .ifPresent(device -> {
          known(device);
          for (var other : linksOf(device))
            if (other.feed().equals(link.feed()) && !other.management().equals(link.management()))
              throw new Tx.Conflict("another id of the feed means the device");
        });
    row.apply("feed_link")
        .key("feed", text(link.feed()))
        .key("management", text(link.management()))
        .set("device", link.device().map(DeviceId::value))
        .set("how", link.how().name())
        .set("at", instant(link.at()))
        .upsert();
  }

  @Override
  public void removeLink(String feed, String management) {
    row.apply("feed_link").key("feed", text(feed)).key("management", text(management)).delete();
  }

  @Override
  public void put(FeedClaim claim) {
    known(claim.device());
    row.apply("feed_claim")
        .key("feed", text(claim.feed()))
        .key("device", claim.device().value())
        .set("management", text(claim.management()))
        .set("at", instant(claim.at()))
        .upsertInOrder();
  }

  private void known(DeviceId device) {
    if (view.device(device).isEmpty()) throw new Tx.Conflict("the device is not stored");
  }

  private static FeedState stateOf(ResultSet row, StatementContext unused) throws SQLException {
    return new FeedState(
        row.getString("id"),
        instant(row.getString("since")),
        Optional.ofNullable(row.getString("resume")),
        at(row, "full_at"),
        at(row, "completed_at"),
        at(row, "attempted_at"),
        failureOf(row),
        at(row, "next_at"),
        read(row.getString("counts_json"), new TypeReference<FeedState.Counts>() {}),
        at(row, "silent_at"));
  }

  private static Optional<FeedState.Failure> failureOf(ResultSet row) throws SQLException {
    var reason = row.getString("reason");
    if (reason == null) return Optional.empty();
    return Optional.of(
        new FeedState.Failure(Reason.valueOf(reason), row.getString("says"), row.getInt("times")));
  }

  private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Columns::instant);
  }

  private static FeedLink linkOf(ResultSet row, StatementContext unused) throws SQLException {
    return new FeedLink(
        row.getString("feed"),
        row.getString("management"),
        Optional.ofNullable(row.getString("device")).map(DeviceId::new),
        FeedLink.How.valueOf(row.getString("how")),
        instant(row.getString("at")));
  }

  private static FeedClaim claimOf(ResultSet row, StatementContext unused) throws SQLException {
    return new FeedClaim(
        row.getString("feed"),
        row.getString("management"),
        new DeviceId(row.getString("device")),
        instant(row.getString("at")));
  }
}

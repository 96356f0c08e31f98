// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.texts;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.App;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.RefreshToken;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Attestation;
import dev.vigil.identity.Authentication;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.EventId;
import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import dev.vigil.posture.Signal;
import dev.vigil.posture.SignalName;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// From rows to the domain's records, one function each.
final class Rows {

  private Rows() {}

  static PendingPolicy pending(ResultSet row, StatementContext unused) throws SQLException {
    return new PendingPolicy(
        new ChangeId(row.getString("id")),
        Columns.textsByName(row.getString("files_json")),
        row.getLong("based_on"),
        new SubjectId(row.getString("author")),
        row.getString("reason"),
        Columns.textsByName(row.getString("details_json")),
        instant(row.getString("proposed_at")),
        instant(row.getString("expires_at")));
  }

  static EnforcementPoint enforcementPoint(ResultSet row, StatementContext unused)
      throws SQLException {
    return new EnforcementPoint(
        new SubjectId(row.getString("subject")),
        texts(row.getString("apps_json")).stream()
            .map(AppId::new)
            .collect(Collectors.toUnmodifiableSet()));
  }

  static Subject subject(ResultSet row, StatementContext unused) throws SQLException {
    var roles =
        texts(row.getString("roles_json")).stream()
            .map(Role::valueOf)
            .collect(Collectors.toUnmodifiableSet());
    return new Subject(
        new SubjectId(row.getString("id")),
        row.getString("user_name"),
        row.getString("display_name"),
        Population.valueOf(row.getString("population")),
        Set.copyOf(texts(row.getString("groups_json"))),
        roles,
        row.getBoolean("active"),
        instant(row.getString("created_at")));
  }

  static Passkey passkey(ResultSet row, StatementContext unused) throws SQLException {
    return new Passkey(
        row.getString("credential_id"),
        new SubjectId(row.getString("subject")),
        Bytes.parse(row.getString("public_key_cose")),
        row.getString("aaguid"),
        row.getLong("sign_count"),
        row.getBoolean("backup_eligible"),
        row.getBoolean("backed_up"),
        Set.copyOf(texts(row.getString("transports_json"))),
        row.getString("name"),
        instant(row.getString("created_at")),
        instant(row.getString("last_used_at")),
        new Attestation(
            row.getString("attestation_format"),
            Attestation.Trust.valueOf(row.getString("attestation_trust"))));
  }

  static AcceptedMetadata metadata(ResultSet row, StatementContext unused) throws SQLException {
    return new AcceptedMetadata(
        row.getLong("number"),
        LocalDate.parse(row.getString("next_update")),
        instant(row.getString("accepted_at")));
  }

  static Device device(ResultSet row, StatementContext unused) throws SQLException {
    var revoked =
        optional(row, "revoked_at").isPresent()
            ? Optional.of(
                new Device.Revoked(
                    instant(row.getString("revoked_at")), row.getString("revoked_cause")))
            : Optional.<Device.Revoked>empty();
    return new Device(
        new DeviceId(row.getString("id")),
        Device.Kind.valueOf(row.getString("kind")),
        new SubjectId(row.getString("subject")),
        Sha256.parse(row.getString("key_thumbprint")),
        row.getString("name"),
        instant(row.getString("enrolled_at")),
        revoked);
  }

  static IssuedCertificate certificate(ResultSet row, StatementContext unused) throws SQLException {
    return new IssuedCertificate(
        Sha256.parse(row.getString("thumbprint")),
        row.getString("serial"),
        new DeviceId(row.getString("device")),
        instant(row.getString("not_before")),
        instant(optional(row, "ended_at").orElse(row.getString("not_after"))),
        Bytes.parse(row.getString("der")),
        optional(row, "revoked_at").map(Instant::parse));
  }

  static Signal signal(ResultSet row, StatementContext unused) throws SQLException {
    return new Signal(
        SignalName.valueOf(row.getString("name")),
        row.getString("content"),
        row.getString("source"),
        EvidenceTier.valueOf(row.getString("tier")),
        instant(row.getString("observed_at")),
        instant(row.getString("expires_at")));
  }

  static Session session(ResultSet row, StatementContext unused) throws SQLException {
    var ended =
        optional(row, "ended_at").isPresent()
            ? Optional.of(
                new Session.Ended(instant(row.getString("ended_at")), row.getString("ended_cause")))
            : Optional.<Session.Ended>empty();
    var authentications =
        Columns.read(
            row.getString("authentications_json"), new TypeReference<List<AuthenticationRow>>() {});
    return new Session(
        new SessionId(row.getString("id")),
        new SubjectId(row.getString("subject")),
        binding(row),
        authentications.stream().map(AuthenticationRow::toDomain).toList(),
        instant(row.getString("started_at")),
        instant(row.getString("expires_at")),
        ended);
  }

  private static Session.Binding binding(ResultSet row) throws SQLException {
    var kind = row.getString("binding");
    return switch (kind) {
      case "key" -> new Session.Binding.Key(Sha256.parse(row.getString("key_thumbprint")));
      case "device" ->
          new Session.Binding.Device(
              new DeviceId(row.getString("device")), Sha256.parse(row.getString("key_thumbprint")));
      case "certificate" -> new Session.Binding.Certificate(new DeviceId(row.getString("device")));
      case "cookie" -> new Session.Binding.Cookie();
      default -> throw new SQLException("a session is bound to the unknown `" + kind + "`");
    };
  }

  static RefreshToken refreshToken(ResultSet row, StatementContext unused) throws SQLException {
    return new RefreshToken(
        Sha256.parse(row.getString("digest")),
        new SessionId(row.getString("session")),
        instant(row.getString("expires_at")),
        row.getBoolean("spent"));
  }

  static App app(ResultSet row, StatementContext unused) throws SQLException {
    var transactions =
        Columns.read(
            row.getString("transactions_json"), new TypeReference<List<TransactionRow>>() {});
    return new App(
        new AppId(row.getString("id")),
        row.getString("host"),
        URI.create(row.getString("upstream")),
        row.getString("sensitivity"),
        Set.copyOf(texts(row.getString("tags_json"))),
        transactions.stream().map(TransactionRow::toDomain).toList());
  }

  static OneTime oneTime(ResultSet row, StatementContext unused) throws SQLException {
    return new OneTime(
        OneTime.Kind.valueOf(row.getString("kind")),
        Sha256.parse(row.getString("digest")),
        row.getString("content"),
        instant(row.getString("expires_at")));
  }

  static SecurityEvent event(ResultSet row, StatementContext unused) throws SQLException {
    return new SecurityEvent(
        row.getLong("sequence"),
        new EventId(row.getString("id")),
        row.getString("type"),
        texts(row.getString("subjects_json")),
        row.getString("actor"),
        row.getString("cause"),
        Columns.textsByName(row.getString("details_json")),
        instant(row.getString("occurred_at")),
        instant(row.getString("committed_at")));
  }

  static Optional<String> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /// An authentication as JSON.
  record AuthenticationRow(
      String at,
      String strength,
      List<String> methods,
      boolean phishingResistant,
      boolean userVerified,
      String credentialId,
      @Nullable String acr) {

    static AuthenticationRow of(Authentication a) {
      return new AuthenticationRow(
          a.at().toString(),
          a.strength().name(),
          a.methods().stream().sorted().toList(),
          a.phishingResistant(),
          a.userVerified(),
          a.credentialId(),
          a.acr().orElse(null));
    }

    Authentication toDomain() {
      return new Authentication(
          Instant.parse(at),
          Authentication.Strength.valueOf(strength),
          Set.copyOf(methods),
          phishingResistant,
          userVerified,
          credentialId,
          Optional.ofNullable(acr));
    }
  }

  /// A transaction of an app as JSON.
  record TransactionRow(String method, String path, List<String> shown) {

    static TransactionRow of(App.Transaction t) {
      return new TransactionRow(t.method(), t.path(), t.shown());
    }

    App.Transaction toDomain() {
      return new App.Transaction(method, path, shown);
    }
  }
}

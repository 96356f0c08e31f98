// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.AcmeView;
import dev.vigil.admission.App;
import dev.vigil.admission.CertificatesView;
import dev.vigil.admission.ClientsView;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.EnrolmentsView;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.SamlView;
import dev.vigil.admission.SignalsView;
import dev.vigil.admission.View;
import dev.vigil.admission.federation.FederatedIdentities;
import dev.vigil.admission.feed.FeedsView;
import dev.vigil.admission.provisioning.ProvisioningView;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.SessionId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Queries in one transaction, until it is closed.
class SqlView implements View, AutoCloseable {

  private final Handle handle;
  private boolean closed;

  SqlView(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void close() {
    closed = true;
  }

  final Handle open() {
    if (closed) throw new IllegalStateException("the change or query is over");
    return handle;
  }

  final Query query(String sql) {
    return open().createQuery(sql);
  }

  @Override
  public long sequence() {
    return query("SELECT COALESCE(MAX(sequence), 0) FROM security_event").mapTo(Long.class).one();
  }

  @Override
  public Optional<Subject> subject(SubjectId id) {
    return query("SELECT * FROM subject WHERE id = :id")
        .bind("id", id.value())
        .map(Rows::subject)
        .findOne();
  }

  @Override
  public Optional<Subject> subjectNamed(String userName) {
    return query("SELECT * FROM subject WHERE user_name = :name")
        .bind("name", Columns.text(userName))
        .map(Rows::subject)
        .findOne();
  }

  @Override
  public List<Subject> subjects() {
    return query("SELECT * FROM subject ORDER BY ordinal").map(Rows::subject).list();
  }

  @Override
  public Optional<Passkey> passkey(String credentialId) {
    return query("SELECT * FROM passkey WHERE credential_id = :id")
        .bind("id", Columns.text(credentialId))
        .map(Rows::passkey)
        .findOne();
  }

  @Override
  public List<Passkey> passkeysOf(SubjectId subject) {
    return query("SELECT * FROM passkey WHERE subject = :subject ORDER BY ordinal")
        .bind("subject", subject.value())
        .map(Rows::passkey)
        .list();
  }

  @Override
  public Optional<AcceptedMetadata> metadata() {
    return query("SELECT * FROM authenticator_metadata").map(Rows::metadata).findOne();
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    return query("SELECT * FROM device WHERE id = :id")
        .bind("id", id.value())
        .map(Rows::device)
        .findOne();
  }

  @Override
  public Optional<Device> deviceOfKey(Sha256 key) {
    return query("SELECT * FROM device WHERE key_thumbprint = :key")
        .bind("key", key.toString())
        .map(Rows::device)
        .findOne();
  }

  @Override
  public List<Device> devices() {
    return query("SELECT * FROM device ORDER BY ordinal").map(Rows::device).list();
  }

  @Override
  public List<Device> devicesOf(SubjectId subject) {
    return query("SELECT * FROM device WHERE subject = :subject ORDER BY ordinal")
        .bind("subject", subject.value())
        .map(Rows::device)
        .list();
  }

  @Override
  public Optional<IssuedCertificate> certificate(Sha256 thumbprint) {
    return query("SELECT * FROM certificate WHERE thumbprint = :print")
        .bind("print", thumbprint.toString())
        .map(Rows::certificate)
        .findOne();
  }

  @Override
  public List<IssuedCertificate> certificatesOf(DeviceId device) {
    return query("SELECT * FROM certificate WHERE device = :device ORDER BY ordinal")
        .bind("device", device.value())
        .map(Rows::certificate)
        .list();
  }

  @Override
  public Optional<Session> session(SessionId id) {
    return query("SELECT * FROM session WHERE id = :id")
        .bind("id", id.value())
        .map(Rows::session)
        .findOne();
  }

  @Override
  public List<Session> liveSessions(Instant now) {
    return query(
            "SELECT * FROM session WHERE ended_at IS NULL AND expires_at > :now ORDER BY ordinal")
        .bind("now", Columns.instant(now))
        .map(Rows::session)
        .list();
  }

  @Override
  public List<Session> sessionsOf(SubjectId subject, Instant now) {
    return liveSessions("subject", subject.value(), now);
  }

  @Override
  public List<Session> sessionsOf(DeviceId device, Instant now) {
    return liveSessions("device", device.value(), now);
  }

  @Override
  public List<Session> sessionsOf(Sha256 key, Instant now) {
    return liveSessions("key_thumbprint", key.toString(), now);
  }

  private List<Session> liveSessions(String column, String value, Instant now) {
    return query(
            "SELECT * FROM session WHERE "
                + column
                + " = :value AND ended_at IS NULL AND expires_at > :now ORDER BY ordinal")
        .bind("value", value)
        .bind("now", Columns.instant(now))
        .map(Rows::session)
        .list();
  }

  @Override
  public Optional<RefreshToken> refreshToken(Sha256 digest) {
    return query("SELECT * FROM refresh_token WHERE digest = :digest")
        .bind("digest", digest.toString())
        .map(Rows::refreshToken)
        .findOne();
  }

  @Override
  public Optional<App> app(AppId id) {
    return query("SELECT * FROM app WHERE id = :id")
        .bind("id", id.value())
        .map(Rows::app)
        .findOne();
  }

  @Override
  public List<App> apps() {
    return query("SELECT * FROM app ORDER BY ordinal").map(Rows::app).list();
  }

  @Override
  public Optional<OneTime> peek(OneTime.Kind kind, Sha256 key, Instant now) {
    return query(
            "SELECT * FROM one_time WHERE kind = :kind AND digest = :digest AND spent = FALSE AND"
                + " expires_at > :now")
        .bind("kind", kind.name())
        .bind("digest", key.toString())
        .bind("now", Columns.instant(now))
        .map(Rows::oneTime)
        .findOne();
  }

  @Override
  public Optional<PolicyText> policy() {
    return policyHistory(1).stream().findFirst();
  }

  @Override
  public List<PolicyText> policyHistory(int limit) {
    return query(
            "SELECT version, actor, reason, published_at FROM policy ORDER BY version DESC LIMIT"
                + " :most")
        .bind("most", limit)
        .map((row, _) ->
            new PolicyText(
                row.getLong("version"),
                filesOf(row.getLong("version")),
                row.getString("actor"),
                row.getString("reason"),
                Columns.instant(row.getString("published_at"))))
        .list();
  }

  private Map<String, String> filesOf(long version) {
    var files = new HashMap<String, String>();
    query("SELECT name, content FROM policy_file WHERE version = :version")
        .bind("version", version)
        .map((row, _) -> files.put(row.getString("name"), row.getString("content")))
        .list();
    return files;
  }

  @Override
  public List<PendingPolicy> pendingPolicies() {
    return query("SELECT * FROM pending_policy ORDER BY ordinal").map(Rows::pending).list();
  }

  @Override
  public Optional<EnforcementPoint> enforcementPoint(SubjectId subject) {
    return query("SELECT * FROM enforcement_point WHERE subject = :subject")
        .bind("subject", subject.value())
        .map(Rows::enforcementPoint)
        .findOne();
  }

  @Override
  public List<EnforcementPoint> enforcementPoints() {
    return query("SELECT * FROM enforcement_point ORDER BY ordinal")
        .map(Rows::enforcementPoint)
        .list();
  }

  @Override
  public FederatedIdentities federation() {
    return new SqlFederation(open());
  }

  @Override
  public ProvisioningView provisioning() {
    return new SqlProvisioning(this);
  }

  @Override
  public List<SecurityEvent> eventsAfter(long sequence, int limit) {
    return query(
            "SELECT * FROM security_event WHERE sequence > :after ORDER BY sequence LIMIT :most")
        .bind("after", sequence)
        .bind("most", limit)
        .map(Rows::event)
        .list();
  }

  @Override
  public Optional<String> facts(String entity, String id, long version) {
    return query(
            "SELECT content FROM facts_history WHERE entity = :entity AND id = :id AND version ="
                + " :version")
        .bind("entity", Columns.text(entity))
        .bind("id", Columns.text(id))
        .bind("version", version)
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public long factsVersion(String entity, String id) {
    return query(
            "SELECT COALESCE(MAX(version), 0) FROM facts_history WHERE entity = :entity AND id ="
                + " :id")
        .bind("entity", Columns.text(entity))
        .bind("id", Columns.text(id))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public ClientsView clients() {
    return new SqlClients(
        this,
        _ -> {
          throw new IllegalStateException("a query changes nothing");
        });
  }

  @Override
  public SamlView saml() {
    return new SqlSaml(this, SqlView::nothing);
  }

  @Override
  public FeedsView feeds() {
    return new SqlFeeds(this, SqlView::nothing);
  }

  @Override
  public EnrolmentsView enrolments() {
    return new SqlEnrolments(this, SqlView::nothing);
  }

  @Override
  public AcmeView acme() {
    return new SqlAcme(this, SqlView::nothing);
  }

  @Override
  public CertificatesView certificates() {
    return new SqlCertificates(this, SqlView::nothing);
  }

  @Override
  public SignalsView signals() {
    return new SqlSignals(this, SqlView::nothing);
  }

  private static Statements.Row nothing(String table) {
    throw new IllegalStateException("a query changes nothing in " + table);
  }
}

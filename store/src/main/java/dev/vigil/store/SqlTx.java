// SPDX-License-Identifier: Apache-2.0
package dev.vigil.store;

import static dev.vigil.store.Columns.instant;
import static dev.vigil.store.Columns.json;
import static dev.vigil.store.Columns.sorted;
import static dev.vigil.store.Columns.text;

import dev.vigil.admission.AcceptedMetadata;
import dev.vigil.admission.AcmeTx;
import dev.vigil.admission.App;
import dev.vigil.admission.CertificatesTx;
import dev.vigil.admission.ClientsTx;
import dev.vigil.admission.EnforcementPoint;
import dev.vigil.admission.EnrolmentsTx;
import dev.vigil.admission.OneTime;
import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.PolicyText;
import dev.vigil.admission.RefreshToken;
import dev.vigil.admission.SamlTx;
import dev.vigil.admission.SignalsTx;
import dev.vigil.admission.Tx;
import dev.vigil.admission.federation.FederatedIdentities;
import dev.vigil.admission.feed.FeedsTx;
import dev.vigil.admission.provisioning.ProvisioningTx;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Role;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.DeviceId;
import dev.vigil.kernel.Sha256;
import dev.vigil.kernel.SubjectId;
import dev.vigil.kernel.TimeSource;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// One change. Contradictions are looked for before they can happen, because after a failed
/// statement PostgreSQL would refuse the rest of the transaction; the schema's own constraints are
/// the wall behind it.
final class SqlTx extends SqlView implements Tx {

  private final TimeSource time;
  private final Statements statements;

  SqlTx(Handle handle, TimeSource time) {
    super(handle);
    this.time = time;
    this.statements = new Statements(handle);
  }

  private Statements.Row row(String table) {
    open();
    return statements.row(table);
  }

  /// The first refusal by the database in this change, which the change cannot outlive even if its
  /// body went on.
  Optional<RuntimeException> broken() {
    return statements.broken();
  }

  @Override
  public void put(Subject subject) {
    refuse(
        subjectNamed(subject.userName())
            .filter(other -> !other.id().equals(subject.id()))
            .isPresent(),
        "the user name `" + subject.userName() + "` is taken");
    row("subject")
        .key("id", subject.id().value())
        .set("user_name", text(subject.userName()))
        .set("display_name", text(subject.displayName()))
        .set("population", subject.population().name())
        .set("groups_json", sorted(subject.groups()))
        .set("roles_json", sorted(subject.roles().stream().map(Role::name).toList()))
        .set("active", subject.active())
        .set("created_at", instant(subject.createdAt()))
        .upsertInOrder();
  }

  @Override
  public void put(Passkey passkey) {
    requireSubject(passkey.subject());
    row("passkey")
        .key("credential_id", text(passkey.credentialId()))
        .set("subject", passkey.subject().value())
        .set("public_key_cose", passkey.publicKeyCose().toString())
        .set("aaguid", text(passkey.aaguid()))
        .set("sign_count", passkey.signCount())
        .set("backup_eligible", passkey.backupEligible())
        .set("backed_up", passkey.backedUp())
        .set("transports_json", sorted(passkey.transports()))
        .set("name", text(passkey.name()))
        .set("created_at", instant(passkey.createdAt()))
        .set("last_used_at", instant(passkey.lastUsedAt()))
        .set("attestation_format", text(passkey.attestation().format()))
        .set("attestation_trust", passkey.attestation().trust().name())
        .upsertInOrder();
  }

  @Override
  public void removePasskey(String credentialId) {
    row("passkey").key("credential_id", text(credentialId)).delete();
  }

  @Override
  public void put(AcceptedMetadata metadata) {
    row("authenticator_metadata")
        .key("id", "fido")
        .set("number", metadata.number())
        .set("next_update", metadata.nextUpdate().toString())
        .set("accepted_at", instant(metadata.acceptedAt()))
        .upsertInOrder();
  }

  @Override
  public void put(Device device) {
    requireSubject(device.subject());
    refuse(
        deviceOfKey(device.key()).filter(other -> !other.id().equals(device.id())).isPresent(),
        "another device has this key");
    row("device")
        .key("id", device.id().value())
        .set("kind", device.kind().name())
        .set("subject", device.subject().value())
        .set("key_thumbprint", device.key().toString())
        .set("name", text(device.name()))
        .set("enrolled_at", instant(device.enrolledAt()))
        .set("revoked_at", device.revoked().map(r -> instant(r.at())))
        .set("revoked_cause", device.revoked().map(r -> text(r.cause())))
        .upsertInOrder();
  }

  @Override
  public void put(IssuedCertificate certificate) {
    requireDevice(certificate.device());
    refuse(certificate(certificate.thumbprint()).isPresent(), "this certificate was issued before");
    row("certificate")
        .key("thumbprint", certificate.thumbprint().toString())
        .set("serial", text(certificate.serial()))
        .set("device", certificate.device().value())
        .set("not_before", instant(certificate.notBefore()))
        .set("not_after", instant(certificate.notAfter()))
        .set("der", certificate.der().toString())
        .set("revoked_at", certificate.revokedAt().map(Columns::instant))
        .insertInOrder();
  }

  @Override
  public CertificatesTx certificates() {
    return new SqlCertificates(this, this::row);
  }

  @Override
  public SignalsTx signals() {
    return new SqlSignals(this, this::row);
  }

  @Override
  public void put(Session session) {
    requireSubject(session.subject());
    session.device().ifPresent(this::requireDevice);
    var thumbprint =
        switch (session.binding()) {
          case Session.Binding.Key(Sha256 key) -> Optional.of(key.toString());
          case Session.Binding.Device(DeviceId _, Sha256 key) -> Optional.of(key.toString());
          case Session.Binding.Cookie _, Session.Binding.Certificate _ -> Optional.<String>empty();
        };
    row("session")
        .key("id", session.id().value())
        .set("subject", session.subject().value())
        .set("binding", label(session.binding()))
        .set("device", session.device().map(DeviceId::value))
        .set("key_thumbprint", thumbprint)
        .set(
            "authentications_json",
            json(session.authentications().stream().map(Rows.AuthenticationRow::of).toList()))
        .set("started_at", instant(session.startedAt()))
        .set("expires_at", instant(session.expiresAt()))
        .set("ended_at", session.ended().map(e -> instant(e.at())))
        .set("ended_cause", session.ended().map(e -> text(e.cause())))
        .upsertInOrder();
  }

  private static String label(Session.Binding binding) {
    return switch (binding) {
      case Session.Binding.Key _ -> "key";
      case Session.Binding.Device _ -> "device";
      case Session.Binding.Cookie _ -> "cookie";
      case Session.Binding.Certificate _ -> "certificate";
    };
  }

  @Override
  public void put(RefreshToken token) {
    refuse(session(token.session()).isEmpty(), "there is no session `" + token.session() + "`");
    row("refresh_token")
        .key("digest", token.digest().toString())
        .set("session", token.session().value())
        .set("expires_at", instant(token.expiresAt()))
        .set("spent", token.spent())
        .upsert();
  }

  @Override
  public void put(App app) {
    row("app")
        .key("id", app.id().value())
        .set("host", text(app.host()))
        .set("upstream", text(app.upstream().toString()))
        .set("sensitivity", text(app.sensitivity()))
        .set("tags_json", sorted(app.tags()))
        .set(
            "transactions_json",
            json(app.transactions().stream().map(Rows.TransactionRow::of).toList()))
        .upsertInOrder();
  }

  @Override
  public void removeApp(AppId id) {
    row("app").key("id", id.value()).delete();
  }

  @Override
  public void put(PolicyText policy) {
    long next = query("SELECT COALESCE(MAX(version), 0) + 1 FROM policy").mapTo(Long.class).one();
    refuse(
        policy.version() != next,
        "the next version of the policies is " + next + ", not " + policy.version());
    row("policy")
        .key("version", policy.version())
        .set("actor", text(policy.actor()))
        .set("reason", text(policy.reason()))
        .set("published_at", instant(policy.publishedAt()))
        .insert();
    policy
        .files()
        .forEach((name, content) ->
            row("policy_file")
                .key("version", policy.version())
                .key("name", text(name))
                .set("content", text(content))
                .insert());
  }

  @Override
  public void put(PendingPolicy pending) {
    requireSubject(pending.author());
    row("pending_policy")
        .key("id", pending.id().value())
        .set("files_json", json(new TreeMap<>(pending.files())))
        .set("based_on", pending.basedOn())
        .set("author", pending.author().value())
        .set("reason", text(pending.reason()))
        .set("details_json", json(new TreeMap<>(pending.details())))
        .set("proposed_at", instant(pending.proposedAt()))
        .set("expires_at", instant(pending.expiresAt()))
        .upsertInOrder();
  }

  @Override
  public void removePending(ChangeId id) {
    row("pending_policy").key("id", id.value()).delete();
  }

  @Override
  public void put(EnforcementPoint point) {
    requireSubject(point.subject());
    var row = row("enforcement_point").key("subject", point.subject().value());
    if (point.apps().isEmpty()) row.delete();
    else
      row.set("apps_json", sorted(point.apps().stream().map(AppId::value).toList()))
          .upsertInOrder();
  }

  @Override
  public ClientsTx clients() {
    return new SqlClients(this, this::row);
  }

  @Override
  public FederatedIdentities.Changing federation() {
    return new SqlFederation.InChange(open(), statements, this::requireSubject);
  }

  @Override
  public SamlTx saml() {
    return new SqlSaml(this, this::row);
  }

  @Override
  public FeedsTx feeds() {
    return new SqlFeeds(this, this::row);
  }

  @Override
  public EnrolmentsTx enrolments() {
    return new SqlEnrolments(this, this::row);
  }

  @Override
  public AcmeTx acme() {
    return new SqlAcme(this, this::row);
  }

  private SqlOneTimes oneTimes() {
    return new SqlOneTimes(this, this::row);
  }

  @Override
  public void put(OneTime value) {
    oneTimes().put(value);
  }

  @Override
  public Optional<OneTime> spend(OneTime.Kind kind, Sha256 key, Instant now) {
    return oneTimes().spend(kind, key, now);
  }

  @Override
  public int forgetExpired(Instant now) {
    return oneTimes().forgetExpired(now);
  }

  @Override
  public ProvisioningTx provisioning() {
    return new SqlProvisioningTx(this, this::row);
  }

  @Override
  public SecurityEvent append(SecurityEvent event) {
    long known =
        query("SELECT COUNT(*) FROM security_event WHERE id = :id")
            .bind("id", event.id().value())
            .mapTo(Long.class)
            .one();
    refuse(known > 0, "the event `" + event.id() + "` was appended before");
    var stored =
        new SecurityEvent(
            sequence() + 1,
            event.id(),
            event.type(),
            event.subjects(),
            event.actor(),
            event.cause(),
            event.details(),
            event.occurred(),
            time.now());
    row("security_event")
        .key("sequence", stored.sequence())
        .set("id", stored.id().value())
        .set("type", text(stored.type()))
        .set("subjects_json", json(stored.subjects()))
        .set("actor", text(stored.actor()))
        .set("cause", text(stored.cause()))
        .set("details_json", json(stored.details()))
        .set("occurred_at", instant(stored.occurred()))
        .set("committed_at", instant(stored.committed()))
        .insert();
    return stored;
  }

  @Override
  public void putFacts(String entity, String id, long version, String json) {
    row("facts_history")
        .key("entity", text(entity))
        .key("id", text(id))
        .key("version", version)
        .set("content", text(json))
        .upsert();
  }

  private void requireSubject(SubjectId id) {
    refuse(subject(id).isEmpty(), "there is no subject `" + id + "`");
  }

  private void requireDevice(DeviceId id) {
    refuse(device(id).isEmpty(), "there is no device `" + id + "`");
  }

  static void refuse(boolean contradiction, String why) {
    if (contradiction) throw new Conflict(why);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

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
import dev.vigil.testkit.MemoryState.FactsKey;
import dev.vigil.testkit.MemoryState.Kept;
import dev.vigil.testkit.MemoryState.OneTimeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Answers queries from a [MemoryState], until it is closed.
class MemoryView implements View, AutoCloseable {

  final MemoryState state;
  private boolean closed;

  MemoryView(MemoryState state) {
    this.state = state;
  }

  @Override
  public void close() {
    closed = true;
  }

  final MemoryState open() {
    if (closed) throw new IllegalStateException("the change or query is over");
    return state;
  }

  @Override
  public long sequence() {
    return open().events.size();
  }

  @Override
  public Optional<Subject> subject(SubjectId id) {
    return Optional.ofNullable(open().subjects.get(id));
  }

  @Override
  public Optional<Subject> subjectNamed(String userName) {
    return open().subjects.values().stream().filter(s -> s.userName().equals(userName)).findFirst();
  }

  @Override
  public List<Subject> subjects() {
    return List.copyOf(open().subjects.values());
  }

  @Override
  public Optional<Passkey> passkey(String credentialId) {
    return Optional.ofNullable(open().passkeys.get(credentialId));
  }

  @Override
  public List<Passkey> passkeysOf(SubjectId subject) {
    return open().passkeys.values().stream().filter(p -> p.subject().equals(subject)).toList();
  }

  @Override
  public Optional<AcceptedMetadata> metadata() {
    return open().metadata;
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    return Optional.ofNullable(open().devices.get(id));
  }

  @Override
  public Optional<Device> deviceOfKey(Sha256 key) {
    return open().devices.values().stream().filter(d -> d.key().equals(key)).findFirst();
  }

  @Override
  public List<Device> devices() {
    return List.copyOf(open().devices.values());
  }

  @Override
  public List<Device> devicesOf(SubjectId subject) {
    return open().devices.values().stream().filter(d -> d.subject().equals(subject)).toList();
  }

  @Override
  public Optional<IssuedCertificate> certificate(Sha256 thumbprint) {
    return Optional.ofNullable(open().certificates.get(thumbprint));
  }

  @Override
  public List<IssuedCertificate> certificatesOf(DeviceId device) {
    return open().certificates.values().stream().filter(c -> c.device().equals(device)).toList();
  }

  @Override
  public CertificatesView certificates() {
    return new MemoryCertificates(this);
  }

  @Override
  public SignalsView signals() {
    return new MemorySignals(this);
  }

  @Override
  public Optional<Session> session(SessionId id) {
    return Optional.ofNullable(open().sessions.get(id));
  }

  @Override
  public List<Session> liveSessions(Instant now) {
    return open().sessions.values().stream().filter(s -> s.livesAt(now)).toList();
  }

  @Override
  public List<Session> sessionsOf(SubjectId subject, Instant now) {
    return liveSessions(now).stream().filter(s -> s.subject().equals(subject)).toList();
  }

  @Override
  public List<Session> sessionsOf(DeviceId device, Instant now) {
    return liveSessions(now).stream()
        .filter(s -> s.device().filter(device::equals).isPresent())
        .toList();
  }

  @Override
  public List<Session> sessionsOf(Sha256 key, Instant now) {
    return liveSessions(now).stream().filter(s -> s.key().filter(key::equals).isPresent()).toList();
  }

  @Override
  public Optional<RefreshToken> refreshToken(Sha256 digest) {
    return Optional.ofNullable(open().refreshTokens.get(digest));
  }

  @Override
  public Optional<App> app(AppId id) {
    return Optional.ofNullable(open().apps.get(id));
  }

  @Override
  public List<App> apps() {
    return List.copyOf(open().apps.values());
  }

  @Override
  public Optional<OneTime> peek(OneTime.Kind kind, Sha256 key, Instant now) {
    return Optional.ofNullable(open().oneTimes.get(new OneTimeKey(kind, key)))
        .filter(kept -> !kept.spent() && now.isBefore(kept.value().expiresAt()))
        .map(Kept::value);
  }

  @Override
  public Optional<PolicyText> policy() {
    return open().policies.isEmpty() ? Optional.empty() : Optional.of(state.policies.getLast());
  }

  @Override
  public List<PolicyText> policyHistory(int limit) {
    return open().policies.reversed().stream().limit(limit).toList();
  }

  @Override
  public List<PendingPolicy> pendingPolicies() {
    return List.copyOf(open().pending.values());
  }

  @Override
  public Optional<EnforcementPoint> enforcementPoint(SubjectId subject) {
    return Optional.ofNullable(open().enforcementPoints.get(subject));
  }

  @Override
  public List<EnforcementPoint> enforcementPoints() {
    return List.copyOf(open().enforcementPoints.values());
  }

  @Override
  public FederatedIdentities federation() {
    return new MemoryFederation(open());
  }

  @Override
  public ProvisioningView provisioning() {
    return new MemoryProvisioning(this::open);
  }

  @Override
  public List<SecurityEvent> eventsAfter(long sequence, int limit) {
    return open().events.stream().skip(Math.max(0, sequence)).limit(limit).toList();
  }

  @Override
  public Optional<String> facts(String entity, String id, long version) {
    return Optional.ofNullable(
        open().facts.getOrDefault(new FactsKey(entity, id), new TreeMap<>()).get(version));
  }

  @Override
  public long factsVersion(String entity, String id) {
    var versions = open().facts.get(new FactsKey(entity, id));
    return versions == null ? 0 : versions.lastKey();
  }

  @Override
  public ClientsView clients() {
    return new MemoryClients(this);
  }

  @Override
  public EnrolmentsView enrolments() {
    return new MemoryEnrolments(this);
  }

  @Override
  public AcmeView acme() {
    return new MemoryAcme(this);
  }

  @Override
  public SamlView saml() {
    return new MemorySaml(this);
  }

  @Override
  public FeedsView feeds() {
    return new MemoryFeeds(this);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.testkit;

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
import dev.vigil.testkit.MemoryState.FactsKey;
import dev.vigil.testkit.MemoryState.Kept;
import dev.vigil.testkit.MemoryState.OneTimeKey;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// A change on a copy of the state.
final class MemoryTx extends MemoryView implements Tx {

  private final TimeSource time;

  MemoryTx(MemoryState copy, TimeSource time) {
    super(copy);
    this.time = time;
  }

  @Override
  public void put(Subject subject) {
    TextLimits.check(subject);
    refuse(
        subjectNamed(subject.userName())
            .filter(other -> !other.id().equals(subject.id()))
            .isPresent(),
        "the user name `" + subject.userName() + "` is taken");
    open().subjects.put(subject.id(), subject);
  }

  @Override
  public void put(Passkey passkey) {
    TextLimits.check(passkey);
    requireSubject(passkey.subject());
    open().passkeys.put(passkey.credentialId(), passkey);
  }

  @Override
  public void removePasskey(String credentialId) {
    open().passkeys.remove(credentialId);
  }

  @Override
  public void put(AcceptedMetadata metadata) {
    open().metadata = Optional.of(metadata);
  }

  @Override
  public void put(Device device) {
    TextLimits.check(device);
    requireSubject(device.subject());
    refuse(
        deviceOfKey(device.key()).filter(other -> !other.id().equals(device.id())).isPresent(),
        "another device has this key");
    open().devices.put(device.id(), device);
  }

  @Override
  public void put(IssuedCertificate certificate) {
    TextLimits.check(certificate);
    requireDevice(certificate.device());
    refuse(
        open().certificates.putIfAbsent(certificate.thumbprint(), certificate) != null,
        "this certificate was issued before");
  }

  @Override
  public CertificatesTx certificates() {
    return new MemoryCertificates(this);
  }

  @Override
  public SignalsTx signals() {
    return new MemorySignals(this);
  }

  @Override
  public void put(Session session) {
    TextLimits.check(session);
    requireSubject(session.subject());
    session.device().ifPresent(this::requireDevice);
    open().sessions.put(session.id(), session);
  }

  @Override
  public void put(RefreshToken token) {
    refuse(session(token.session()).isEmpty(), "there is no session `" + token.session() + "`");
    open().refreshTokens.put(token.digest(), token);
  }

  @Override
  public void put(App app) {
    TextLimits.check(app);
    open().apps.put(app.id(), app);
  }

  @Override
  public void removeApp(AppId id) {
    open().apps.remove(id);
  }

  @Override
  public void put(PolicyText policy) {
    TextLimits.check(policy);
    long next = open().policies.size() + 1L;
    refuse(
        policy.version() != next,
        "the next version of the policies is " + next + ", not " + policy.version());
    open().policies.add(policy);
  }

  @Override
  public void put(PendingPolicy pending) {
    TextLimits.check(pending);
    requireSubject(pending.author());
    open().pending.put(pending.id(), pending);
  }

  @Override
  public void removePending(ChangeId id) {
    open().pending.remove(id);
  }

  @Override
  public void put(EnforcementPoint point) {
    requireSubject(point.subject());
    if (point.apps().isEmpty()) open().enforcementPoints.remove(point.subject());
    else open().enforcementPoints.put(point.subject(), point);
  }

  @Override
  public ClientsTx clients() {
    return new MemoryClients(this);
  }

  @Override
  public FederatedIdentities.Changing federation() {
    return new MemoryFederation(open());
  }

  @Override
  public EnrolmentsTx enrolments() {
    return new MemoryEnrolments(this);
  }

  @Override
  public AcmeTx acme() {
    return new MemoryAcme(this);
  }

  @Override
  public SamlTx saml() {
    return new MemorySaml(this);
  }

  @Override
  public FeedsTx feeds() {
    return new MemoryFeeds(this);
  }

  @Override
  public void put(OneTime value) {
    TextLimits.check(value);
    var key = new OneTimeKey(value.kind(), value.key());
    refuse(
        open().oneTimes.putIfAbsent(key, new Kept(value, false)) != null,
        "this one-time value was used before");
  }

  @Override
  public Optional<OneTime> spend(OneTime.Kind kind, Sha256 key, Instant now) {
    var found = peek(kind, key, now);
    found.ifPresent(value -> open().oneTimes.put(new OneTimeKey(kind, key), new Kept(value, true)));
    return found;
  }

  @Override
  public int forgetExpired(Instant now) {
    int before = open().oneTimes.size();
    state.oneTimes.values().removeIf(kept -> kept.value().expiresAt().isBefore(now));
    return before - state.oneTimes.size();
  }

  @Override
  public ProvisioningTx provisioning() {
    return new MemoryProvisioning(this::open);
  }

  @Override
  public SecurityEvent append(SecurityEvent event) {
    TextLimits.check(event);
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
    refuse(
        open().events.stream().anyMatch(other -> other.id().equals(event.id())),
        "the event `" + event.id() + "` was appended before");
    open().events.add(stored);
    return stored;
  }

  @Override
  public void putFacts(String entity, String id, long version, String json) {
    TextLimits.checkFacts(entity, id, json);
    open().facts.computeIfAbsent(new FactsKey(entity, id), _ -> new TreeMap<>()).put(version, json);
  }

  private void requireSubject(SubjectId id) {
    refuse(!open().subjects.containsKey(id), "there is no subject `" + id + "`");
  }

  private void requireDevice(DeviceId id) {
    refuse(!open().devices.containsKey(id), "there is no device `" + id + "`");
  }

  private static void refuse(boolean contradiction, String why) {
    if (contradiction) throw new Conflict(why);
  }
}

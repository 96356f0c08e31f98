// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

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
import java.util.List;
import java.util.Optional;

/// What can be asked of the [Store]. Lists are in the order of creation.
public interface View {

  /// The sequence of the last event; 0 before the first.
  long sequence();

  Optional<Subject> subject(SubjectId id);

  /// By user name, already in lower case.
  Optional<Subject> subjectNamed(String userName);

  List<Subject> subjects();

  Optional<Passkey> passkey(String credentialId);

  List<Passkey> passkeysOf(SubjectId subject);

  /// The authenticator metadata that were used last; empty before the first.
  Optional<AcceptedMetadata> metadata();

  Optional<Device> device(DeviceId id);

  /// The device of this key, revoked ones included.
  Optional<Device> deviceOfKey(Sha256 key);

  List<Device> devices();

  /// The devices of one subject, revoked ones included.
  List<Device> devicesOf(SubjectId subject);

  /// An issued certificate by its thumbprint, expired ones included; `notAfter` is when it was
  /// ended, if that came first.
  Optional<IssuedCertificate> certificate(Sha256 thumbprint);

  /// The certificates of a device, oldest first.
  List<IssuedCertificate> certificatesOf(DeviceId device);

  /// Issued certificates by their numbers.
  CertificatesView certificates();

  /// What sources say of devices.
  SignalsView signals();

  Optional<Session> session(SessionId id);

  /// Sessions that have neither ended nor expired.
  List<Session> liveSessions(Instant now);

  /// The live sessions of a subject.
  List<Session> sessionsOf(SubjectId subject, Instant now);

  /// The live sessions on a device, by its key or its certificate.
  List<Session> sessionsOf(DeviceId device, Instant now);

  /// The live sessions that hang on a key, enrolled or not.
  List<Session> sessionsOf(Sha256 key, Instant now);

  /// The refresh token known by this digest, spent ones included.
  Optional<RefreshToken> refreshToken(Sha256 digest);

  Optional<App> app(AppId id);

  List<App> apps();

  /// A one-time value without spending it: empty if it never was, was spent, or has expired at
  /// `now`.
  Optional<OneTime> peek(OneTime.Kind kind, Sha256 key, Instant now);

  /// The policies in force; empty before the first were published.
  Optional<PolicyText> policy();

  /// Every version of the policies, newest first, at most `limit`.
  List<PolicyText> policyHistory(int limit);

  /// Policies that wait for approval, expired ones included.
  List<PendingPolicy> pendingPolicies();

  /// What this machine may ask about; empty if it is no enforcement point.
  Optional<EnforcementPoint> enforcementPoint(SubjectId subject);

  List<EnforcementPoint> enforcementPoints();

  /// Accounts at other providers.
  FederatedIdentities federation();

  /// Provisioning by identity platforms.
  ProvisioningView provisioning();

  /// Events after a sequence, oldest first, at most `limit`.
  List<SecurityEvent> eventsAfter(long sequence, int limit);

  /// The facts that a snapshot reference names, as the JSON that was stored with the change.
  Optional<String> facts(String entity, String id, long version);

  /// The latest version of an entity's facts that was kept; 0 if none was.
  long factsVersion(String entity, String id);

  /// Registered clients, browsers' sessions, and who is signed in where.
  ClientsView clients();

  /// SAML service providers, and who is signed in there.
  SamlView saml();

  /// Products that say something of devices, and which of their ids means which device.
  FeedsView feeds();

  /// ACME accounts and orders.
  AcmeView acme();

  /// Enrolments that wait for approval.
  EnrolmentsView enrolments();
}

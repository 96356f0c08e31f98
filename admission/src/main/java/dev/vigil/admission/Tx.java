// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.admission.federation.FederatedIdentities;
import dev.vigil.admission.feed.FeedsTx;
import dev.vigil.admission.provisioning.ProvisioningTx;
import dev.vigil.audit.SecurityEvent;
import dev.vigil.identity.Passkey;
import dev.vigil.identity.Session;
import dev.vigil.identity.Subject;
import dev.vigil.kernel.AppId;
import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.Sha256;
import dev.vigil.pki.IssuedCertificate;
import dev.vigil.posture.Device;
import java.time.Instant;
import java.util.Optional;

/// A change under way: everything of it becomes durable at once, or nothing. `put` inserts or
/// replaces by id.
///
/// Every `put` throws [Conflict] if it names a subject, device or session that is not stored, and
/// [IllegalArgumentException] if a text is longer than the store takes or is no Unicode text
/// without NUL.
public interface Tx extends View {

  /// @throws Conflict if another subject has the user name
  void put(Subject subject);

  void put(Passkey passkey);

  void removePasskey(String credentialId);

  /// Remembers which authenticator metadata are used now.
  void put(AcceptedMetadata metadata);

  /// @throws Conflict if another device has the key
  void put(Device device);

  /// @throws Conflict if the thumbprint was issued before
  void put(IssuedCertificate certificate);

  @Override
  CertificatesTx certificates();

  @Override
  SignalsTx signals();

  void put(Session session);

  void put(RefreshToken token);

  void put(App app);

  void removeApp(AppId id);

  /// @throws Conflict if it is not the version after the last one published
  void put(PolicyText policy);

  /// Keeps policies until somebody approves them.
  void put(PendingPolicy pending);

  void removePending(ChangeId id);

  /// Replaces what the machine may ask about; with no apps it is an enforcement point no longer.
  void put(EnforcementPoint point);

  @Override
  ClientsTx clients();

  @Override
  FederatedIdentities.Changing federation();

  @Override
  SamlTx saml();

  @Override
  FeedsTx feeds();

  @Override
  AcmeTx acme();

  @Override
  EnrolmentsTx enrolments();

  /// Keeps a one-time value until it is spent or expires.
  ///
  /// @throws Conflict if the key was used before
  void put(OneTime value);

  /// Takes a one-time value out, once: empty if it never was, was spent, or has expired at `now`.
  Optional<OneTime> spend(OneTime.Kind kind, Sha256 key, Instant now);

  /// Removes the one-time values that expired before `now`; returns how many.
  int forgetExpired(Instant now);

  /// Changes of provisioning by identity platforms.
  @Override
  ProvisioningTx provisioning();

  /// Appends an event with the next sequence and returns it as stored. The store sets `sequence`
  /// and `committed`.
  SecurityEvent append(SecurityEvent event);

  /// Keeps the facts of an entity at a version for replay.
  void putFacts(String entity, String id, long version, String json);

  /// The change contradicts what is stored; nothing was changed.
  final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }
}

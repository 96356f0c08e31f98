// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Set;

/// A registered WebAuthn credential (WebAuthn Level 3, section 4 "credential record").
///
/// @param credentialId base64url without padding
/// @param publicKeyCose the credential public key as a COSE_Key
/// @param aaguid the authenticator's model, a UUID in text; a claim unless `attestation` is
///   verified
/// @param signCount the last signature counter
/// @param backupEligible BE: a synced passkey; false: bound to one device
/// @param backedUp BS: whether it was backed up when it was last used
/// @param attestation what was known of the authenticator at registration
public record Passkey(
    String credentialId,
    SubjectId subject,
    Bytes publicKeyCose,
    String aaguid,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    Set<String> transports,
    String name,
    Instant createdAt,
    Instant lastUsedAt,
    Attestation attestation) {

  public Passkey {
    transports = Set.copyOf(transports);
  }

  /// A passkey of an authenticator that said nothing of itself.
  public Passkey(
      String credentialId,
      SubjectId subject,
      Bytes publicKeyCose,
      String aaguid,
      long signCount,
      boolean backupEligible,
      boolean backedUp,
      Set<String> transports,
      String name,
      Instant createdAt,
      Instant lastUsedAt) {
    this(
        credentialId,
        subject,
        publicKeyCose,
        aaguid,
        signCount,
        backupEligible,
        backedUp,
        transports,
        name,
        createdAt,
        lastUsedAt,
        Attestation.NONE);
  }

  /// The passkey after a use (section 7.2 step 24).
  public Passkey used(long counter, boolean backedUpNow, Instant now) {
    return new Passkey(
        credentialId,
        subject,
        publicKeyCose,
        aaguid,
        counter,
        backupEligible,
        backedUpNow,
        transports,
        name,
        createdAt,
        now,
        attestation);
  }

  /// The passkey under another name.
  public Passkey named(String newName) {
    return new Passkey(
        credentialId,
        subject,
        publicKeyCose,
        aaguid,
        signCount,
        backupEligible,
        backedUp,
        transports,
        newName,
        createdAt,
        lastUsedAt,
        attestation);
  }
}

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
/// @param aaguid the authenticator's model, a UUID in text
/// @param signCount the last signature counter
/// @param backupEligible BE: a synced passkey; false: bound to one device
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
    Instant lastUsedAt) {

  public Passkey {
    transports = Set.copyOf(transports);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.identity.Passkey;
import java.util.LinkedHashMap;
import java.util.Map;

/// A passkey as its owner and administrators see it; its public key is of no use to them.
public final class PasskeyJson {

  private PasskeyJson() {}

  /// The members of one.
  public static Map<String, Object> of(Passkey passkey) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("id", passkey.credentialId());
    shown.put("name", passkey.name());
    shown.put("model", passkey.aaguid());
    shown.put("attestation", passkey.attestation().format());
    shown.put("trust", passkey.attestation().trust().label());
    shown.put("synced", passkey.backupEligible());
    shown.put("backed_up", passkey.backedUp());
    shown.put("transports", passkey.transports().stream().sorted().toList());
    shown.put("created_at", passkey.createdAt().toString());
    shown.put("last_used_at", passkey.lastUsedAt().toString());
    return shown;
  }
}

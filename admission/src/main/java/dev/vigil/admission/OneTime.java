// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/// A value that counts once: known to the store by its digest, spent when taken out.
///
/// @param key the digest of what the holder presents, or of what must not come twice
/// @param content JSON of what it stands for
public record OneTime(Kind kind, Sha256 key, String content, Instant expiresAt) {

  /// A value that stands for this, written as JSON.
  public static OneTime of(Kind kind, Sha256 key, Object content, Instant expiresAt) {
    return new OneTime(kind, key, StrictJson.write(content), expiresAt);
  }

  /// What it stands for, read from JSON.
  public <T> T as(Class<T> type) {
    return StrictJson.read(content.getBytes(StandardCharsets.UTF_8), type);
  }

  /// What it is for.
  public enum Kind {
    /// A pushed authorization request (RFC 9126).
    PUSHED_REQUEST,
    /// An authorization code.
    CODE,
    /// A WebAuthn ceremony's challenge.
    CEREMONY,
    /// The nonce in an attestation challenge.
    ENROLMENT,
    /// The `jti` of a proof that was seen (RFC 9449 section 11.1).
    PROOF,
    /// An invitation to register a first passkey.
    INVITATION,
    /// The first administrator's link.
    ADMINISTRATOR,
    /// An approved transaction, waiting to be carried out.
    APPROVAL,
    /// The right of a device without the SDK to be issued a certificate, once.
    GRANT,
    /// The state of a sign-in through another provider, or a logout token of one that was seen.
    FEDERATION,
    /// The id of a webhook's message that was taken.
    WEBHOOK;

    /// The name in the store.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

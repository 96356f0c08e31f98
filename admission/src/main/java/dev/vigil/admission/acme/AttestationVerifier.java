// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.Attested;
import java.time.Instant;

/// Verifies the answers of `device-attest-01` challenges. A port: the formats, and whose word
/// counts, are the organisation's choice.
@FunctionalInterface
public interface AttestationVerifier {

  /// What a device sent.
  ///
  /// @param object the WebAuthn attestation object in CBOR, whose `fmt` says what the rest is
  /// @param token of the challenge; `apple` attests its SHA-256
  /// @param keyAuthorization the token with the account's key (RFC 8555 section 8.1); other formats
  ///   attest its SHA-256
  record Statement(Bytes object, String token, String keyAuthorization) {}

  /// What the statement proves at this time. Refusals are
  /// [dev.vigil.posture.attestation.AttestationRefusal]s; one of status 503 means that nobody can
  /// tell now.
  Outcome<Attested> verify(Statement statement, Instant now);
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.kernel.Bytes;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Sha256;
import dev.vigil.posture.attestation.AppleDeviceAttestation;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import dev.vigil.posture.attestation.TpmKeyAttestation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Verifies statements by their format: each platform's own way of answering a challenge.
public final class PlatformAttestations implements AttestationVerifier {

  private final AppleDeviceAttestation apple;
  private final TpmKeyAttestation tpm;

  public PlatformAttestations(AppleDeviceAttestation apple, TpmKeyAttestation tpm) {
    this.apple = apple;
    this.tpm = tpm;
  }

  @Override
  public Outcome<Attested> verify(Statement statement, Instant now) {
    return dev.vigil.posture.attestation.AttestationObject.format(statement.object())
        .then(format ->
            switch (format) {
              case APPLE ->
                  apple.verify(
                      statement.object(), AppleDeviceAttestation.freshness(statement.token()), now);
              case TPM ->
                  tpm.verify(statement.object(), authorization(statement.keyAuthorization()), now);
              case ANDROID_KEY, PLAY_INTEGRITY, APPLE_APPATTEST ->
                  Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
            });
  }

  /// The challenge of every format but Apple's (draft-ietf-acme-device-attest section 5).
  private static Bytes authorization(String keyAuthorization) {
    return Bytes.of(Sha256.of(keyAuthorization.getBytes(StandardCharsets.US_ASCII)).bytes());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.acme;

import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AppleDeviceAttestation;
import dev.vigil.posture.attestation.AttestationRefusal;
import dev.vigil.posture.attestation.Attested;
import java.time.Instant;

/// Verifies statements by their format: each platform's own way of answering a challenge.
public final class PlatformAttestations implements AttestationVerifier {

  private final AppleDeviceAttestation apple;

  public PlatformAttestations(AppleDeviceAttestation apple) {
    this.apple = apple;
  }

  @Override
  public Outcome<Attested> verify(Statement statement, Instant now) {
    return dev.vigil.posture.attestation.AttestationObject.format(statement.object())
        .then(
            format ->
                switch (format) {
                  case APPLE ->
                      apple.verify(
                          statement.object(),
                          AppleDeviceAttestation.freshness(statement.token()),
                          now);
                  case TPM, ANDROID_KEY, PLAY_INTEGRITY, APPLE_APPATTEST ->
                      Outcome.refused(AttestationRefusal.NOT_CONFIGURED);
                });
  }
}

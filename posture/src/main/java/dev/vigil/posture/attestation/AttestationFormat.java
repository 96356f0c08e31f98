// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The form of a platform's statement. The label is what the SDK and protocols call it.
public enum AttestationFormat {
  /// Android Key Attestation: a certificate chain.
  ANDROID_KEY,
  /// Google Play Integrity: a token.
  PLAY_INTEGRITY,
  /// Apple App Attest: a CBOR statement.
  APPLE_APPATTEST,
  /// Apple Managed Device Attestation: the `apple` statement of ACME `device-attest-01`.
  APPLE,
  /// TPM 2.0 key attestation: the `tpm` statement of WebAuthn and ACME `device-attest-01`.
  TPM;

  /// Such as `android-key`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The format of this label, if there is one.
  public static Optional<AttestationFormat> find(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }
}

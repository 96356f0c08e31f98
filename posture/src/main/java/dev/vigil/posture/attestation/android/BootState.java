// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import java.util.Locale;

/// Who vouches for the system that booted (`VerifiedBootState` of the schema); the order is the
/// schema's.
public enum BootState {
  /// The maker of the device.
  VERIFIED,
  /// Who installed a key of their own and locked the bootloader again.
  SELF_SIGNED,
  /// Nobody: the bootloader is unlocked.
  UNVERIFIED,
  /// Verification failed.
  FAILED;

  /// As the signal `verified_boot` says it.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

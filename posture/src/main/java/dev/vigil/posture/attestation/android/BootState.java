// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import java.util.Locale;

/// Who vouches for the system that booted (`VerifiedBootState` of the schema).
public enum BootState {
  /// The maker of the device.
  VERIFIED(0),
  /// Who installed a key of their own and locked the bootloader again.
  SELF_SIGNED(1),
  /// Nobody: the bootloader is unlocked.
  UNVERIFIED(2),
  /// Verification failed.
  FAILED(3);

  private final int number;

  BootState(int number) {
    this.number = number;
  }

  /// As the schema numbers it.
  int number() {
    return number;
  }

  /// As the signal `verified_boot` says it.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

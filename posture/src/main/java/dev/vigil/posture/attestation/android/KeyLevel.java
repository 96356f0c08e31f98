// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

/// Where a key is kept (`SecurityLevel` of the schema).
public enum KeyLevel {
  /// By Android itself.
  SOFTWARE(0, "software"),
  /// In the processor's trusted execution environment.
  TRUSTED_ENVIRONMENT(1, "tee"),
  /// In a security chip of its own.
  STRONGBOX(2, "strongbox");

  private final int number;
  private final String label;

  KeyLevel(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /// As the schema numbers it.
  int number() {
    return number;
  }

  /// As the signal `key_protection` says it.
  String label() {
    return label;
  }
}

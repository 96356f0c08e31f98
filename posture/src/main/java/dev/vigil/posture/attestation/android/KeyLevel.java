// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

/// Where a key is kept (`SecurityLevel` of the schema); the order is the schema's.
public enum KeyLevel {
  /// By Android itself.
  SOFTWARE("software"),
  /// In the processor's trusted execution environment.
  TRUSTED_ENVIRONMENT("tee"),
  /// In a security chip of its own.
  STRONGBOX("strongbox");

  private final String label;

  KeyLevel(String label) {
    this.label = label;
  }

  /// As the signal `key_protection` says it.
  String label() {
    return label;
  }
}

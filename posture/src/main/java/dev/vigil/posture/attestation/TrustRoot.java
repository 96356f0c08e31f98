// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation;

/// Who stands at the root of a statement.
public enum TrustRoot {
  /// The platform's vendor.
  VENDOR,
  /// A root for development, which somebody configured; never to be mistaken for the vendor's.
  TEST
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.kernel;

/// How much a signal is worth, weakest first, so that `compareTo` orders by worth.
public enum EvidenceTier {
  /// The app on the phone says so.
  REPORTED,
  /// Vigil saw it itself.
  OBSERVED,
  /// A management or threat-defence product says so.
  MANAGED,
  /// Signed by the hardware or its vendor.
  ATTESTED
}

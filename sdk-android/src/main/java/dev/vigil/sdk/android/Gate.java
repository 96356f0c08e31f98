// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk.android;

/// Asks the person at the phone to show who they are, to the phone. A port; [BiometricGate] is the
/// system's own.
@FunctionalInterface
public interface Gate {

  /// Nobody can be asked, as in a job at night.
  Gate SHUT = () -> Passage.IMPOSSIBLE;

  /// Asks, and waits for the answer.
  Passage ask();

  /// What came of asking.
  enum Passage {
    /// The phone knows the person.
    PASSED,
    /// The person declined, or the phone did not know them.
    REFUSED,
    /// The phone has nothing to ask with, or nobody to ask.
    IMPOSSIBLE
  }
}

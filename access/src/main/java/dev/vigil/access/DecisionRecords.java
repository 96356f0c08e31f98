// SPDX-License-Identifier: Apache-2.0
package dev.vigil.access;

/// Where decisions are recorded before they take effect. A port; each event loop has its own, but a
/// stream that is decided again is recorded there by whichever thread brought the change, so that
/// it must stand several threads.
@FunctionalInterface
public interface DecisionRecords {

  /// Records a verdict. False if there is no room, and then access is refused.
  boolean append(Attempt attempt, Verdict verdict);
}

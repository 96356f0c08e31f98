// SPDX-License-Identifier: Apache-2.0
package dev.vigil.audit;

import dev.vigil.audit.DecisionRecord.Outcome;
import dev.vigil.kernel.EvidenceTier;

/// The bytes for enumerated values; they never change their meaning.
final class RecordCodes {

  private RecordCodes() {}

  static byte of(EvidenceTier tier) {
    return switch (tier) {
      case REPORTED -> 0;
      case OBSERVED -> 1;
      case MANAGED -> 2;
      case ATTESTED -> 3;
    };
  }

  static EvidenceTier tier(byte code) {
    return switch (code) {
      case 0 -> EvidenceTier.REPORTED;
      case 1 -> EvidenceTier.OBSERVED;
      case 2 -> EvidenceTier.MANAGED;
      case 3 -> EvidenceTier.ATTESTED;
      default -> throw new IllegalArgumentException("an unknown evidence tier");
    };
  }

  static byte of(Outcome outcome) {
    return switch (outcome) {
      case ALLOW -> 0;
      case RESTRICT -> 1;
      case STEP_UP -> 2;
      case REMEDIATE -> 3;
      case DENY -> 4;
      case REJECTED -> 5;
    };
  }

  static Outcome outcome(byte code) {
    return switch (code) {
      case 0 -> Outcome.ALLOW;
      case 1 -> Outcome.RESTRICT;
      case 2 -> Outcome.STEP_UP;
      case 3 -> Outcome.REMEDIATE;
      case 4 -> Outcome.DENY;
      case 5 -> Outcome.REJECTED;
      default -> throw new IllegalArgumentException("an unknown outcome");
    };
  }
}

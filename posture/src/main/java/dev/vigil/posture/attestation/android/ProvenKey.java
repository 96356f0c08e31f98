// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Outcome;
import dev.vigil.posture.attestation.AttestationRefusal;
import java.util.Optional;

/// Whether a described key is one that a phone may be known by: made where it is kept, signs, and
/// vouches for no other key.
final class ProvenKey {

  private static final long SIGN = 2;
  private static final long ATTEST_KEY = 7;
  private static final long GENERATED = 0;

  private ProvenKey() {}

  static Outcome<KeyDescription> check(KeyDescription says) {
    if (says.level() != says.keyLevel())
      return Outcome.refused(
          AttestationRefusal.DOWNGRADED,
          "the statement is made on the level `"
              + says.level().label()
              + "`, the key is kept on `"
              + says.keyLevel().label()
              + "`");
    var believed = says.level() == KeyLevel.SOFTWARE ? says.software() : says.hardware();
    if (!believed.origin().equals(Optional.of(GENERATED)))
      return Outcome.refused(
          AttestationRefusal.NOT_HARDWARE, "the key was not made by the hardware that keeps it");
    if (!believed.purposes().contains(SIGN) || believed.purposes().contains(ATTEST_KEY))
      return Outcome.refused(
          AttestationRefusal.KEY_MISMATCH, "the key may not sign, or may attest other keys");
    return Outcome.done(says);
  }
}

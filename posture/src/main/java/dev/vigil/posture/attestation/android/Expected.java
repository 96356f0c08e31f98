// SPDX-License-Identifier: Apache-2.0
package dev.vigil.posture.attestation.android;

import dev.vigil.kernel.Bytes;
import dev.vigil.posture.attestation.KnownApps;
import java.security.PublicKey;
import java.util.Optional;

/// What a statement must be about.
///
/// @param challenge that was given out for this one statement, at most 128 bytes
/// @param key that is to be certified; empty where only the device is judged
public record Expected(Bytes challenge, Optional<PublicKey> key, KnownApps apps) {

  private static final int LONGEST = 128;

  /// @throws IllegalArgumentException if the challenge is empty or longer than Android takes
  public Expected {
    if (challenge.size() == 0 || challenge.size() > LONGEST)
      throw new IllegalArgumentException("a challenge has 1 to 128 bytes");
  }
}

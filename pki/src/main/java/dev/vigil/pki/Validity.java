// SPDX-License-Identifier: Apache-2.0
package dev.vigil.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// From when to when a certificate is valid, in whole seconds.
public record Validity(Instant notBefore, Instant notAfter) {

  /// How far a phone's clock may be behind ours.
  private static final Duration SKEW = Duration.ofMinutes(1);

  public Validity {
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
  }

  /// From a minute ago until the lifetime has passed.
  public static Validity from(Instant now, Duration lifetime) {
    return new Validity(now.minus(SKEW), now.plus(lifetime));
  }

  /// The same, but ending no later than this.
  Validity endingBy(Instant end) {
    return end.isBefore(notAfter) ? new Validity(notBefore, end) : this;
  }
}

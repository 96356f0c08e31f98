// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.webhook;

import dev.vigil.admission.feed.FeedRules;
import dev.vigil.posture.SignalName;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// A product that may send signals.
///
/// @param rules how its word is taken; its name stands in the address too
/// @param signals what it may speak of
public record WebhookSource(FeedRules rules, WebhookSecrets secrets, Set<SignalName> signals) {

  /// What nobody but a verifier of a platform's statement can say is never allowed.
  ///
  /// @throws IllegalArgumentException if a signal is not one that anybody can say
  public WebhookSource {
    signals = Set.copyOf(signals);
    if (!signals.stream().allMatch(SignalName::reportable))
      throw new IllegalArgumentException("a webhook cannot say what only a verifier can");
  }

  /// Everything that a source can be allowed to speak of.
  public static Set<SignalName> everything() {
    return Arrays.stream(SignalName.values())
        .filter(SignalName::reportable)
        .collect(Collectors.toUnmodifiableSet());
  }
}

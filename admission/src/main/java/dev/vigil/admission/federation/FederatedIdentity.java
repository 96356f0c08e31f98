// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.federation;

import dev.vigil.identity.federation.ProviderId;
import dev.vigil.identity.federation.SubjectKey;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Set;

/// A person's account at a provider: the link by which that account signs in as that person.
///
/// @param groups those of ours that the provider gave at the last sign-in, so that they can be
///   taken away at the next
public record FederatedIdentity(
    ProviderId provider,
    SubjectKey key,
    SubjectId subject,
    Set<String> groups,
    Instant linkedAt,
    Instant lastSignIn) {

  public FederatedIdentity {
    groups = Set.copyOf(groups);
  }
}

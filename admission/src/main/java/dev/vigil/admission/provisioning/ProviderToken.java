// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.Sha256;
import java.time.Instant;
import java.util.Optional;

/// A bearer token of a provider, known by its digest.
///
/// @param lastUsedAt to within five minutes; empty if it was never used
public record ProviderToken(
    Sha256 digest,
    ProviderId provider,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> lastUsedAt) {

  /// The start of the digest, enough to tell tokens apart.
  public String label() {
    return digest.toString().substring(0, 8);
  }
}

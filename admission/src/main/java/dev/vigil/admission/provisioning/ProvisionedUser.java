// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Optional;

/// What a provider said of a person, beside the [dev.vigil.identity.Subject].
///
/// @param externalId the provider's own id
/// @param attributes JSON of everything that was sent and is kept, in canonical spelling
/// @param standing whether the provider's own word keeps the person from signing in
/// @param deletedAt once it is deleted its id finds nobody any more
public record ProvisionedUser(
    SubjectId subject,
    ProviderId provider,
    Optional<String> externalId,
    String attributes,
    Standing standing,
    Instant createdAt,
    Instant modifiedAt,
    Optional<Instant> deletedAt) {

  /// What the provider last decided on the person.
  public enum Standing {
    WELCOME,
    /// The provider disabled the person, and so may enable the person again.
    DISABLED
  }

  /// Whether it is there for its provider.
  public boolean exists() {
    return deletedAt.isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.ChangeId;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Map;

/// Policies that one person wants to publish and a second one has yet to approve.
///
/// @param files content by file name, as they would be published
/// @param basedOn the version that was in force; 0 before the first
/// @param details of the event that will say so, such as `rolled_back_to`
public record PendingPolicy(
    ChangeId id,
    Map<String, String> files,
    long basedOn,
    SubjectId author,
    String reason,
    Map<String, String> details,
    Instant proposedAt,
    Instant expiresAt) {

  public PendingPolicy {
    files = Map.copyOf(files);
    details = Map.copyOf(details);
  }
}

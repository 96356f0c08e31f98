// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.passkey;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which authenticators a group of people may use. Every rule that applies must be kept, and each
/// needs to know the model: an attestation that verified metadata vouch for.
///
/// @param group for whom; empty for everybody
/// @param allow the only models taken; empty for any
/// @param deny models that are not taken
/// @param certified the lowest certification taken; empty for any or none
public record AuthenticatorRule(
    Optional<String> group, Set<UUID> allow, Set<UUID> deny, Optional<Certification> certified) {

  public AuthenticatorRule {
    allow = Set.copyOf(allow);
    deny = Set.copyOf(deny);
  }

  boolean appliesTo(Set<String> groups) {
    return group.map(groups::contains).orElse(true);
  }
}

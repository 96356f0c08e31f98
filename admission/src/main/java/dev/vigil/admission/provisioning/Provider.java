// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.identity.Population;
import dev.vigil.kernel.SubjectId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// An identity platform that may keep people and groups here.
///
/// @param name what administrators call it; unique
/// @param population of the people it brings
/// @param adoption whether it may take over people and group names that are here already
/// @param machine whose client certificates also prove this provider; empty if only tokens do
public record Provider(
    ProviderId id,
    Kind kind,
    String name,
    Population population,
    Adoption adoption,
    Optional<SubjectId> machine,
    Instant createdAt) {

  /// Which product it is.
  public enum Kind {
    ENTRA,
    OKTA,
    OTHER;

    /// The name in JSON and on the command line.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What happens if somebody whom it brings is here already.
  public enum Adoption {
    /// It is told that the name is taken.
    REFUSED,
    /// It takes over the person of exactly this user name and population.
    BY_USER_NAME
  }
}

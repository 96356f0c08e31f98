// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.identity.Population;
import dev.vigil.identity.Role;
import java.util.Set;

/// A person to be invited.
public record NewPerson(
    UserName userName,
    DisplayName displayName,
    Population population,
    Set<GroupName> groups,
    Set<Role> roles) {

  public NewPerson {
    groups = Set.copyOf(groups);
    roles = Set.copyOf(roles);
  }
}

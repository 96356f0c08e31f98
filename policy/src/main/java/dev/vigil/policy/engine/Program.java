// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Truth;
import java.util.List;

/// What is compiled: when something applies, what it requires, and what follows.
///
/// @param effect what follows when it applies
/// @param unknown what an unknown `applies` counts as; never [Truth#UNKNOWN]
/// @param requires must all be true; unknown is unmet
public record Program(Effect effect, Condition applies, Truth unknown, List<Condition> requires) {

  /// What follows when a program applies.
  public enum Effect {
    /// Grants if all that it requires is met.
    GRANTS,
    /// Stands in the way unless all that it requires is met.
    LIMITS,
    /// Stands in the way.
    ENDS
  }

  public Program {
    if (unknown == Truth.UNKNOWN)
      throw new IllegalArgumentException("unknown counts as true or as false");
    requires = List.copyOf(requires);
  }
}

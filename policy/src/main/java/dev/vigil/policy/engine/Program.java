// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.engine;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Truth;
import java.util.List;

/// What is compiled: whether something applies, and if so, whether what it requires is met.
///
/// @param unknown what an unknown `applies` counts as; never [Truth#UNKNOWN]
/// @param requires must all be true; unknown is unmet
public record Program(Condition applies, Truth unknown, List<Condition> requires) {

  /// The result of a program that does not apply.
  public static final int DOES_NOT_APPLY = 0;

  /// The result of a program that applies and whose requirements are met.
  public static final int MET = 1;

  /// The result of a program that applies and has a requirement that is not met.
  public static final int UNMET = 2;

  public Program {
    if (unknown == Truth.UNKNOWN)
      throw new IllegalArgumentException("unknown counts as true or as false");
    requires = List.copyOf(requires);
  }
}

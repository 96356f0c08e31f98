// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.Set;

/// One name that an expression may use, such as `device.patch_date`.
///
/// @param slot where [Facts] of this entity keep its value: dense from 0 within the entity
/// @param unit of numbers and strings that have one; empty otherwise
/// @param allowed the only values of an enumerated string; empty if any value may stand
public record Fact(
    Entity entity,
    String name,
    FactType type,
    int slot,
    String unit,
    Set<String> allowed,
    String description) {

  public Fact {
    allowed = Set.copyOf(allowed);
  }

  /// The name in expressions, such as `device.patch_date`.
  public String qualifiedName() {
    return entity.prefix() + "." + name;
  }
}

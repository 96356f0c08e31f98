// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.FactsSchema;
import java.util.List;

/// What a policy declares beside its rules.
///
/// @param schema the standard facts and the attributes that the policy declares
/// @param apps the apps it declares, in the order written; empty if it leaves them to others
public record Declared(FactsSchema schema, List<DeclaredApp> apps) {

  /// Nothing beside the standard facts.
  public static final Declared NOTHING = new Declared(FactsSchema.standard(), List.of());

  public Declared {
    apps = List.copyOf(apps);
  }
}

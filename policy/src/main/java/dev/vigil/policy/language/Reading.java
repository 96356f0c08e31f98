// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.List;

/// What came of reading a policy: all of it, or nothing and every reason why not.
public sealed interface Reading {

  /// A policy that can decide.
  record Loaded(CompiledPolicySet set, List<Warning> warnings) implements Reading {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /// Every problem found, in the order of the sources.
  record Rejected(List<Problem> problems) implements Reading {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}

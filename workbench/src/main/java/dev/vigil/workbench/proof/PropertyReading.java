// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.language.Problem;
import java.util.List;

/// What came of reading properties: all of them, or nothing and every reason why not.
public sealed interface PropertyReading {

  /// Properties, in the order written.
  record Loaded(List<Property> properties) implements PropertyReading {
    public Loaded {
      properties = List.copyOf(properties);
    }
  }

  /// Every problem found.
  record Rejected(List<Problem> problems) implements PropertyReading {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}

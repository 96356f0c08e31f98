// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.rule.Explanation;
import java.util.List;

/// What came of a case.
public sealed interface CaseResult {

  /// The case.
  Case of();

  /// Everything came as expected.
  record Passed(Case of) implements CaseResult {}

  /// Something else came.
  ///
  /// @param came the decision that was made, with what led to it
  record Failed(Case of, List<Difference> differences, Explanation came) implements CaseResult {
    public Failed {
      differences = List.copyOf(differences);
    }
  }

  /// One thing that differs.
  ///
  /// @param in what was compared, such as `outcome`
  record Difference(String in, String expected, String came) {
    @Override
    public String toString() {
      return in + ": expected " + expected + ", came " + came;
    }
  }
}

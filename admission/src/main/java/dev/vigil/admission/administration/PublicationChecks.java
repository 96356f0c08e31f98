// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.administration;

import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.List;
import java.util.stream.Stream;

/// What policies must pass before they decide, beyond being readable: their cases and the proofs of
/// their properties. A port: the engines for both are elsewhere.
@FunctionalInterface
public interface PublicationChecks {

  /// Every check that these files bring, run on the policies among them. Never throws: what cannot
  /// be run has not passed, or says why it was not needed.
  List<Check> run(PolicyFiles files, CompiledPolicySet policies);

  /// One check and what came of it.
  ///
  /// @param name as people know it: a file, or a case or property in a file
  record Check(Kind kind, String name, Result result) {

    /// Whether the policies may be published as far as this goes.
    public boolean passed() {
      return switch (result) {
        case Result.Passed _, Result.NotRun _ -> true;
        case Result.Failed _ -> false;
      };
    }

    /// Every problem as a person reads it; empty if it passed.
    public Stream<String> problems() {
      return switch (result) {
        case Result.Passed _, Result.NotRun _ -> Stream.empty();
        case Result.Failed(var problems) -> problems.stream().map(problem -> name + ": " + problem);
      };
    }
  }

  /// What kind of check.
  enum Kind {
    /// What must be decided for given requests.
    CASES,
    /// What must hold for every request.
    PROOF
  }

  /// What came of a check.
  sealed interface Result {

    record Passed() implements Result {}

    /// @param problems at least one
    record Failed(List<String> problems) implements Result {
      public Failed {
        problems = List.copyOf(problems);
      }
    }

    /// It was not run here, which is no objection.
    record NotRun(String why) implements Result {}
  }
}

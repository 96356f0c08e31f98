// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rules;
import dev.vigil.workbench.document.Report;
import java.util.List;

/// Cases that policies must fulfil.
public record Suite(List<Case> cases) {

  public Suite {
    cases = List.copyOf(cases);
  }

  /// What came of reading case files: all cases, or nothing and every reason why not.
  public sealed interface Reading {

    /// Cases.
    record Loaded(Suite suite) implements Reading {}

    /// Everything that is wrong, in the order of the files.
    record Rejected(List<Problem> problems) implements Reading {
      public Rejected {
        problems = List.copyOf(problems);
      }
    }
  }

  /// What came of all cases, in their order, and what they covered.
  public record Results(List<CaseResult> results, Coverage coverage) {
    public Results {
      results = List.copyOf(results);
    }

    /// Those that did not come out as expected.
    public List<CaseResult.Failed> failed() {
      return results.stream()
          .filter(CaseResult.Failed.class::isInstance)
          .map(CaseResult.Failed.class::cast)
          .toList();
    }
  }

  /// Reads case files. Their `defaults` are shared by all files.
  ///
  /// @param schema the facts there are
  public static Reading read(List<PolicySource> sources, FactsSchema schema) {
    var report = new Report();
    var cases = new SuiteReader(schema, report).read(sources);
    return report.clean()
        ? new Reading.Loaded(new Suite(cases))
        : new Reading.Rejected(report.problems());
  }

  /// Names in the cases that the policies do not have: a case that expects them could never pass,
  /// or never fail.
  public List<Problem> misnamed(Rules rules) {
    return Misnamed.in(cases, rules);
  }

  /// Decides every case and compares.
  public Results run(CompiledPolicySet set) {
    var coverage = new Coverage(set.rules());
    var results = cases.stream().map(one -> Comparing.run(one, set, coverage)).toList();
    return new Results(results, coverage);
  }
}

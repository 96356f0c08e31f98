// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.PolicyFiles;
import dev.vigil.admission.administration.PublicationChecks;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.suite.CaseResult;
import dev.vigil.workbench.suite.Suite;
import java.util.ArrayList;
import java.util.List;

/// Runs what a publication brings: its cases and its properties, with the workbench's engines.
final class WorkbenchChecks implements PublicationChecks {

  private static final String NO_PROVER = "this server does not prove; `vigil policy prove` does";

  @Override
  public List<Check> run(PolicyFiles files, CompiledPolicySet policies) {
    var checks = new ArrayList<Check>();
    if (!files.cases().isEmpty()) checks.addAll(cases(files.cases(), policies));
    files.properties().stream()
        .map(file -> new Check(Kind.PROOF, file.name(), new Result.NotRun(NO_PROVER)))
        .forEach(checks::add);
    return List.copyOf(checks);
  }

  /// The files of cases belong together, for they share what they build on; a case that fails is a
  /// check of its own.
  private static List<Check> cases(List<PolicySource> files, CompiledPolicySet policies) {
    return switch (Suite.read(files, policies.rules().declared().schema())) {
      case Suite.Reading.Rejected(List<Problem> problems) -> List.of(unreadable(problems));
      case Suite.Reading.Loaded(Suite suite) -> run(suite, policies);
    };
  }

  private static Check unreadable(List<Problem> problems) {
    return new Check(
        Kind.CASES,
        "cases",
        new Result.Failed(problems.stream().map(Problem::toString).toList()));
  }

  private static List<Check> run(Suite suite, CompiledPolicySet policies) {
    var misnamed = suite.misnamed(policies.rules());
    if (!misnamed.isEmpty()) return List.of(unreadable(misnamed));
    var failed = suite.run(policies).failed();
    if (failed.isEmpty())
      return List.of(
          new Check(Kind.CASES, suite.cases().size() + " cases", new Result.Passed()));
    return failed.stream().map(WorkbenchChecks::failed).toList();
  }

  private static Check failed(CaseResult.Failed one) {
    return new Check(
        Kind.CASES,
        one.of().place() + " " + one.of().name(),
        new Result.Failed(
            one.differences().stream().map(CaseResult.Difference::toString).toList()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.PolicyFiles;
import dev.vigil.admission.administration.PublicationChecks;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.suite.CaseResult;
import dev.vigil.workbench.suite.Suite;
import java.util.List;
import java.util.stream.Stream;

/// Runs what a publication brings: its cases and its properties, with the workbench's engines.
final class WorkbenchChecks implements PublicationChecks {

  private static final String ALL_CASES = "cases";
  private static final String NO_ENGINE = "this release runs it on the command line only";

  @Override
  public List<Check> run(PolicyFiles files, CompiledPolicySet policies) {
    return Stream.concat(
            cases(files.cases(), policies),
            files.properties().stream()
                .map(file -> new Check(Kind.PROOF, file.name(), new Result.NotRun(NO_ENGINE))))
        .toList();
  }

  private static Stream<Check> cases(List<PolicySource> files, CompiledPolicySet policies) {
    if (files.isEmpty()) return Stream.empty();
    return switch (Suite.read(files, policies.rules().declared().schema())) {
      case Suite.Reading.Rejected(List<Problem> problems) -> Stream.of(wrong(problems));
      case Suite.Reading.Loaded(Suite suite) -> {
        var misnamed = suite.misnamed(policies.rules());
        yield misnamed.isEmpty()
            ? suite.run(policies).results().stream().map(WorkbenchChecks::check)
            : Stream.of(wrong(misnamed));
      }
    };
  }

  private static Check wrong(List<Problem> problems) {
    return new Check(
        Kind.CASES,
        ALL_CASES,
        new Result.Failed(problems.stream().map(Problem::toString).toList()));
  }

  private static Check check(CaseResult result) {
    var name = result.of().place().source() + ": " + result.of().name();
    return new Check(
        Kind.CASES,
        name,
        switch (result) {
          case CaseResult.Passed _ -> new Result.Passed();
          case CaseResult.Failed failed ->
              new Result.Failed(
                  failed.differences().stream().map(CaseResult.Difference::toString).toList());
        });
  }
}

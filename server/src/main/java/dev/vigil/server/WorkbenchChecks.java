// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.PolicyFiles;
import dev.vigil.admission.administration.PublicationChecks;
import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.proof.Proof;
import dev.vigil.workbench.proof.Property;
import dev.vigil.workbench.proof.PropertyReader;
import dev.vigil.workbench.proof.PropertyReading;
import dev.vigil.workbench.proof.Prover;
import dev.vigil.workbench.proof.Solver;
import dev.vigil.workbench.suite.CaseResult;
import dev.vigil.workbench.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Runs what a publication brings: its cases and its properties, with the workbench's engines.
final class WorkbenchChecks implements PublicationChecks {

  private static final String ALL_CASES = "cases";
  private static final String ALL_PROPERTIES = "properties";
  private static final Duration LONGEST_PROOF = Duration.ofSeconds(20);
  private static final int MEGABYTES = 1024;

  private final TimeSource time;

  WorkbenchChecks(TimeSource time) {
    this.time = time;
  }

  @Override
  public List<Check> run(PolicyFiles files, CompiledPolicySet policies) {
    return Stream.concat(cases(files.cases(), policies), proofs(files, policies)).toList();
  }

  /// Proves in a process of its own, which ends with the checks.
  private Stream<Check> proofs(PolicyFiles files, CompiledPolicySet policies) {
    if (files.properties().isEmpty()) return Stream.empty();
    return switch (PropertyReader.read(files.policies(), files.properties())) {
      case PropertyReading.Rejected(List<Problem> problems) ->
          Stream.of(wrong(Kind.PROOF, ALL_PROPERTIES, problems));
      case PropertyReading.Loaded(List<Property> properties) -> {
        try (var solver = Solver.within(new Solver.Limits(LONGEST_PROOF, MEGABYTES))) {
          yield new Prover(solver, time, policies)
              .prove(properties).stream().map(WorkbenchChecks::check);
        }
      }
    };
  }

  private static Check check(Prover.Result result) {
    var property = result.property();
    return new Check(
        Kind.PROOF,
        property.name(),
        switch (result.proof()) {
          case Proof.Proved _ -> new Result.Passed();
          case Proof.Refuted _ -> failed("does not hold: " + property.text());
          case Proof.NotProved notProved ->
              failed("is not proved: " + String.join("; ", notProved.why()));
          case Proof.Disagreement _ ->
              failed(
                  "the solver and the engine disagree; nothing is proved until that is cleared up");
        });
  }

  private static Result failed(String why) {
    return new Result.Failed(List.of(why));
  }

  private static Stream<Check> cases(List<PolicySource> files, CompiledPolicySet policies) {
    if (files.isEmpty()) return Stream.empty();
    return switch (Suite.read(files, policies.rules().declared().schema())) {
      case Suite.Reading.Rejected(List<Problem> problems) ->
          Stream.of(wrong(Kind.CASES, ALL_CASES, problems));
      case Suite.Reading.Loaded(Suite suite) -> {
        var misnamed = suite.misnamed(policies.rules());
        yield misnamed.isEmpty()
            ? suite.run(policies).results().stream().map(WorkbenchChecks::check)
            : Stream.of(wrong(Kind.CASES, ALL_CASES, misnamed));
      }
    };
  }

  private static Check wrong(Kind kind, String name, List<Problem> problems) {
    return new Check(
        kind, name, new Result.Failed(problems.stream().map(Problem::toString).toList()));
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

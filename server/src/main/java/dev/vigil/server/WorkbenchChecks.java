// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server;

import dev.vigil.admission.administration.PolicyFiles;
import dev.vigil.admission.administration.PublicationChecks;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.List;
import java.util.stream.Stream;

/// Runs what a publication brings: its cases and its properties, with the workbench's engines.
final class WorkbenchChecks implements PublicationChecks {

  private static final String NO_ENGINE = "this release runs it on the command line only";

  @Override
  public List<Check> run(PolicyFiles files, CompiledPolicySet policies) {
    return Stream.concat(
            files.cases().stream().map(file -> notRun(Kind.CASES, file)),
            files.properties().stream().map(file -> notRun(Kind.PROOF, file)))
        .toList();
  }

  private static Check notRun(Kind kind, PolicySource file) {
    return new Check(kind, file.name(), new Result.NotRun(NO_ENGINE));
  }
}

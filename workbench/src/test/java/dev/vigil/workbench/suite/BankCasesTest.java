// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.PolicyFolder;
import dev.vigil.workbench.explain.AdministratorView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The cases in `examples/bank/policies`: every rule is touched, met and unmet.
class BankCasesTest {

  @Test
  void the_bank_decides_as_its_cases_say_and_they_leave_no_rule_out() throws IOException {
    var folder = folder();
    var set = set(folder);
    var suite = suite(folder);
    assertThat(suite.misnamed(set.rules())).isEmpty();
    var results = suite.run(set);
    assertThat(
            results.failed().stream()
                .map(failed ->
                    failed.of().place()
                        + ": "
                        + failed.of().name()
                        + "\n"
                        + failed.differences()
                        + "\n"
                        + String.join("\n", AdministratorView.lines(failed.came())))
                .collect(Collectors.joining("\n\n")))
        .isEmpty();
    assertThat(results.results().size()).isGreaterThan(60);
    assertThat(results.coverage().rules())
        .allSatisfy(rule -> assertThat(rule.neverUnmet()).as(rule.name()).isEmpty());
    assertThat(results.coverage().percent()).isEqualTo(100);
  }

  private static PolicyFolder folder() throws IOException {
    var files = new TreeMap<String, String>();
    try (var entries =
        Files.newDirectoryStream(
            Path.of(System.getProperty("vigil.root", ".."), "examples", "bank", "policies"),
            "*.yaml")) {
      for (var file : entries)
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
    }
    return PolicyFolder.of(files);
  }

  private static CompiledPolicySet set(PolicyFolder folder) {
    return switch (PolicyReader.read(folder.policies(), 1)) {
      case Reading.Loaded(CompiledPolicySet set, List<Warning> ignored) -> set;
      case Reading.Rejected(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  private static Suite suite(PolicyFolder folder) {
    return switch (Suite.read(folder.cases(), FactsSchema.standard())) {
      case Suite.Reading.Loaded(Suite suite) -> suite;
      case Suite.Reading.Rejected(List<Problem> problems) ->
          throw new AssertionError(
              problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    };
  }
}

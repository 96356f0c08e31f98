// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.PolicyFolder;
import dev.vigil.workbench.check.IdleRules;
import dev.vigil.workbench.proof.PropertyReader;
import dev.vigil.workbench.proof.PropertyReading;
import dev.vigil.workbench.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vigil policy check`: reads policies here, without a server.
@Command(
    name = "check",
    description =
        "read the policies, cases and properties of a folder; list every problem, and what a"
            + " reviewer should look at; needs no server",
    footer = {"", "Example:", "  vigil policy check policies/"})
final class PolicyCheck extends PolicyLeaf {

  @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
  Path folder = Path.of("");

  PolicyCheck(Context context) {
    super(context);
  }

  /// What was found.
  private record Findings(int rules, int cases, List<Problem> problems, List<Warning> warnings) {

    static final Findings NONE = new Findings(0, 0, List.of(), List.of());

    Findings and(Findings other) {
      return new Findings(
          rules + other.rules,
          cases + other.cases,
          both(problems, other.problems),
          both(warnings, other.warnings));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
      var both = new ArrayList<>(some);
      both.addAll(more);
      return List.copyOf(both);
    }
  }

  @Override
  protected Exit perform() {
    var files = dev.vigil.server.cli.PolicyFolder.read(folder);
    var sorted = PolicyFolder.of(files);
    var found = policies(sorted).and(properties(sorted));
    if (json) print(found);
    else lines(found, files.size());
    if (found.problems().isEmpty()) return Exit.DONE;
    context.terminal().error("vigil: there " + problems(found.problems().size()));
    return Exit.REFUSED;
  }

  private static String problems(int number) {
    return (number == 1 ? "is " : "are ") + count(number, "problem");
  }

  private static Findings policies(PolicyFolder folder) {
    return switch (PolicyReader.read(folder.policies(), 1)) {
      case Reading.Loaded(CompiledPolicySet set, List<Warning> warnings) -> {
        var rules = set.rules();
        var idle = IdleRules.in(rules, folder.policies());
        yield new Findings(rules.all().size(), 0, List.of(), warnings)
            .and(new Findings(0, 0, List.of(), idle))
            .and(cases(folder, set));
      }
      case Reading.Rejected(List<Problem> problems) ->
          new Findings(0, 0, problems, List.of())
              .and(
                  switch (Suite.read(folder.cases(), FactsSchema.standard())) {
                    case Suite.Reading.Loaded ignored -> Findings.NONE;
                    case Suite.Reading.Rejected rejected ->
                        new Findings(0, 0, rejected.problems(), List.of());
                  });
    };
  }

  private static Findings cases(PolicyFolder folder, CompiledPolicySet set) {
    return switch (Suite.read(folder.cases(), set.rules().declared().schema())) {
      case Suite.Reading.Loaded(Suite suite) ->
          new Findings(0, suite.cases().size(), suite.misnamed(set.rules()), List.of());
      case Suite.Reading.Rejected(List<Problem> problems) ->
          new Findings(0, 0, problems, List.of());
    };
  }

  private static Findings properties(PolicyFolder folder) {
    return switch (PropertyReader.read(folder.policies(), folder.properties())) {
      case PropertyReading.Loaded ignored -> Findings.NONE;
      case PropertyReading.Rejected(List<Problem> problems) ->
          new Findings(0, 0, problems, List.of());
    };
  }

  private void lines(Findings found, int files) {
    var terminal = context.terminal();
    found.problems().forEach(problem -> terminal.line(problem.toString()));
    found.warnings().forEach(warning -> terminal.line("look at " + warning));
    if (!found.problems().isEmpty()) return;
    terminal.line(count(found.rules(), "rule") + ", " + count(found.cases(), "case") + ".");
    terminal.line(count(files, "file") + ", no problems.");
  }

  private void print(Findings found) {
    var answer = Api.object();
    answer.put("rules", found.rules()).put("cases", found.cases());
    var problems = answer.putArray("problems");
    found.problems().forEach(problem -> problems.add(problem.toString()));
    var warnings = answer.putArray("warnings");
    found.warnings().forEach(warning -> warnings.add(warning.toString()));
    print(answer);
  }
}

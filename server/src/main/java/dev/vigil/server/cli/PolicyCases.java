// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.language.Problem;
import dev.vigil.workbench.explain.AdministratorView;
import dev.vigil.workbench.explain.ExplanationJson;
import dev.vigil.workbench.suite.CaseResult;
import dev.vigil.workbench.suite.Coverage;
import dev.vigil.workbench.suite.Suite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `vigil policy test`: whether policies decide as the cases beside them say.
@Command(
    name = "test",
    description =
        "decide the cases (`*.test.yaml`) beside the policies and compare; needs no server",
    footer = {"", "Example:", "  vigil policy test policies/ --coverage --min-coverage 90"})
final class PolicyCases extends PolicyLeaf {

  @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
  Path folder = Path.of("");

  @Option(
      names = "--coverage",
      description = "also list for every rule whether a case made it apply, met it, left it unmet")
  boolean coverage;

  @Option(
      names = "--min-coverage",
      paramLabel = "PCT",
      description = "fail below this percentage of what could be covered")
  Optional<Integer> least = Optional.empty();

  PolicyCases(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    var wanted = least.orElse(0);
    if (wanted < 0 || wanted > 100)
      throw Failure.usage("`--min-coverage` takes 0 to 100", "write such as `--min-coverage 90`");
    var policies = LoadedPolicies.of(folder);
    var results = suite(policies).run(policies.set());
    boolean enough = results.coverage().percent() >= wanted;
    if (json) print(document(results));
    else lines(results);
    if (!enough)
      context
          .terminal()
          .error(
              "vigil: coverage is "
                  + results.coverage().percent()
                  + " %, below "
                  + wanted
                  + " %; `--coverage` shows what is missing");
    return results.failed().isEmpty() && enough ? Exit.DONE : Exit.REFUSED;
  }

  private Suite suite(LoadedPolicies policies) {
    var suite =
        switch (Suite.read(policies.folder().cases(), FactsSchema.standard())) {
          case Suite.Reading.Loaded(Suite loaded) -> loaded;
          case Suite.Reading.Rejected(List<Problem> problems) ->
              throw unusable("the cases in `" + folder + "` cannot be used", problems);
        };
    var misnamed = suite.misnamed(policies.set().rules());
    if (!misnamed.isEmpty())
      throw unusable("the cases in `" + folder + "` cannot be used", misnamed);
    if (suite.cases().isEmpty())
      throw Failure.usage(
          "`" + folder + "` holds no cases", "write some into a file `something.test.yaml`");
    return suite;
  }

  private void lines(Suite.Results results) {
    var terminal = context.terminal();
    for (var failed : results.failed()) {
      terminal.line("FAILED  " + failed.of().name() + "  (" + failed.of().place() + ")");
      failed.differences().forEach(one -> terminal.line("  " + one));
      AdministratorView.reasons(failed.came()).forEach(one -> terminal.line("  because " + one));
    }
    if (coverage) print(table(results.coverage()));
    int failures = results.failed().size();
    terminal.line(
        count(results.results().size(), "case")
            + ", "
            + (failures == 0 ? "all as expected" : failures + " not as expected")
            + "; coverage "
            + results.coverage().percent()
            + " %.");
  }

  private static List<String> table(Coverage coverage) {
    var table = new Table("RULE", "KIND", "APPLIED", "MET", "UNMET", "NEVER UNMET");
    for (var rule : coverage.rules())
      table.row(
          rule.name(),
          rule.kind().name().toLowerCase(java.util.Locale.ROOT),
          rule.applied() ? "yes" : "NO",
          mark(rule, rule.satisfied()),
          mark(rule, rule.unmet()),
          rule.applied() ? String.join(" ", rule.neverUnmet()) : "");
    return table.lines();
  }

  private static String mark(Coverage.OfRule rule, boolean reached) {
    if (!rule.requires()) return "";
    return reached ? "yes" : "NO";
  }

  private static ObjectNode document(Suite.Results results) {
    var answer = Api.object();
    answer.put("cases", results.results().size()).put("failed", results.failed().size());
    answer.put("coverage_percent", results.coverage().percent());
    var failures = answer.putArray("failures");
    for (var failed : results.failed()) failure(failed, failures.addObject());
    var rules = answer.putArray("coverage");
    for (var rule : results.coverage().rules()) {
      var node = rules.addObject().put("rule", rule.name()).put("applied", rule.applied());
      if (rule.requires()) node.put("met", rule.satisfied()).put("unmet", rule.unmet());
      rule.neverUnmet().forEach(node.putArray("never_unmet")::add);
    }
    return answer;
  }

  private static void failure(CaseResult.Failed failed, ObjectNode node) {
    node.put("case", failed.of().name()).put("place", failed.of().place().toString());
    var differences = node.putArray("differences");
    for (var difference : failed.differences())
      differences
          .addObject()
          .put("in", difference.in())
          .put("expected", difference.expected())
          .put("came", difference.came());
    AdministratorView.reasons(failed.came()).forEach(node.putArray("because")::add);
    node.set("decision", ExplanationJson.of(failed.came().decision()));
  }
}

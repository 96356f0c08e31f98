// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.proof.Comparer;
import dev.vigil.workbench.proof.Comparison;
import dev.vigil.workbench.proof.Comparison.Difference;
import dev.vigil.workbench.proof.Solver;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vigil policy diff`: for whom access changes.
@Command(
    name = "diff",
    description = {
      "for whom access widens, narrows or is restricted otherwise; needs no server",
      "Ends with 0 if it is proved that nothing changes, with 1 if something does, with 6 if that"
          + " could not be found out."
    },
    footer = {"", "Example:", "  vigil policy diff policies/ new-policies/"})
final class PolicyDiff extends ProofCommand {

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "the folder with the policies as they are")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "the folder with the policies to come")
  Path after = Path.of("");

  PolicyDiff(Context context) {
    super(context);
  }

  @Override
  Exit run(Solver solver) {
    var comparer =
        new Comparer(
            solver,
            context.time(),
            LoadedPolicies.of(before).set(),
            LoadedPolicies.of(after).set());
    var comparison = comparer.compare();
    if (json) print(comparison);
    else {
      comparison.differences().forEach(this::lines);
      comparison.unanswered().forEach(why -> line("not proved  " + why));
      if (comparison.same()) line("The same people are let in, under the same restrictions.");
    }
    if (!comparison.differences().isEmpty()) return Exit.REFUSED;
    return comparison.same() ? Exit.DONE : Exit.UNDECIDED;
  }

  private void lines(Difference difference) {
    line(
        "%s: access %s for %s"
            .formatted(
                difference.app().orElse("every other app"),
                difference.change().says(),
                difference.population().orElse("subjects of unknown population")));
    line("  before      " + said(difference.shown().before()));
    line("  after       " + said(difference.shown().after()));
    show(difference.shown().request());
  }

  private void print(Comparison comparison) {
    var answer = Api.object();
    answer.put("same", comparison.same());
    var differences = answer.putArray("differences");
    for (var difference : comparison.differences()) {
      var one = differences.addObject();
      one.put("change", difference.change().says());
      difference.app().ifPresent(app -> one.put("app", app));
      difference.population().ifPresent(population -> one.put("population", population));
      one.put("before", said(difference.shown().before()));
      one.put("after", said(difference.shown().after()));
      one.set("request", document(difference.shown().request()));
    }
    comparison.unanswered().forEach(answer.putArray("unanswered")::add);
    print(answer);
  }
}

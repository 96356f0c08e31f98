// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.explain.AdministratorView;
import dev.vigil.workbench.explain.ExplanationJson;
import dev.vigil.workbench.explain.PersonView;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil policy explain`: why policies answer so.
@Command(
    name = "explain",
    description =
        "why the policies of a folder answer a request as they do: every rule, condition and"
            + " value; needs no server",
    footer = {"", "Example:", "  vigil policy explain policies/ --request request.json --person"})
final class PolicyExplain extends PolicyLeaf {

  @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
  Path folder = Path.of("");

  @Option(
      names = "--request",
      paramLabel = "FILE",
      required = true,
      description =
          "the request, JSON or YAML, as for `policy decide`; `-` reads it from the standard input")
  String request = "";

  @Option(
      names = "--person",
      description = "only what the person who asked is told: conditions, never values")
  boolean person;

  PolicyExplain(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    var policies = LoadedPolicies.of(folder);
    var explanation = policies.set().explain(new RequestFile(request).read(context.time()));
    var told = PersonView.of(explanation.decision());
    if (person && json) print(ExplanationJson.of(told, explanation.decision()));
    else if (person) print(told.lines());
    else if (json) print(ExplanationJson.of(explanation));
    else print(AdministratorView.lines(explanation));
    return Exit.DONE;
  }
}

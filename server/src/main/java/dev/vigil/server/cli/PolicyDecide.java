// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.workbench.explain.AdministratorView;
import dev.vigil.workbench.explain.ExplanationJson;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil policy decide`: what policies answer to a request that is written down.
@Command(
    name = "decide",
    description = "what the policies of a folder answer to a request; needs no server",
    footer = {"", "Example:", "  vigil policy decide policies/ --request request.json"})
final class PolicyDecide extends PolicyLeaf {

  @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
  Path folder = Path.of("");

  @Option(
      names = "--request",
      paramLabel = "FILE",
      required = true,
      description =
          "the request, JSON or YAML, as in `device: {rooted: false}`; what it does not say is"
              + " unknown; `-` reads it from the standard input")
  String request = "";

  PolicyDecide(Context context) {
    super(context);
  }

  @Override
  protected Exit perform() {
    var policies = LoadedPolicies.of(folder);
    var decision = policies.set().decide(new RequestFile(request).read(context.time()));
    if (json) print(ExplanationJson.of(decision));
    else print(AdministratorView.summary(decision));
    return Exit.DONE;
  }
}

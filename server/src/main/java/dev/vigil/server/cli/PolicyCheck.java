// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.language.PolicyReader;
import dev.vigil.policy.language.PolicySource;
import dev.vigil.policy.language.Problem;
import dev.vigil.policy.language.Reading;
import dev.vigil.policy.language.Warning;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vigil policy check`: reads policies here, without a server.
@Command(
    name = "check",
    description = "read the policies of a folder and list every problem; needs no server",
    footer = {"", "Example:", "  vigil policy check policies/"})
final class PolicyCheck implements Callable<Integer> {

  private final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--json", description = "print JSON, for programs")
  boolean json;

  @Parameters(paramLabel = "DIR", description = "the folder with the policy files")
  Path folder = Path.of("");

  PolicyCheck(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try {
      var sources =
          PolicyFolder.read(folder).entrySet().stream()
              .map(file -> new PolicySource(file.getKey(), file.getValue()))
              .toList();
      return switch (PolicyReader.read(sources, 1)) {
        case Reading.Loaded loaded -> sound(sources.size(), loaded.warnings());
        case Reading.Rejected(List<Problem> problems) -> unsound(problems);
      };
    } catch (Failure failure) {
      failure.show(context.terminal(), json);
      return failure.exit().code();
    }
  }

  private int sound(int files, List<Warning> warnings) {
    var terminal = context.terminal();
    if (json) {
      print(List.of(), warnings);
    } else {
      warnings.forEach(warning -> terminal.line("look at " + warning));
      terminal.line(files + (files == 1 ? " file" : " files") + ", no problems.");
    }
    return Exit.DONE.code();
  }

  private int unsound(List<Problem> problems) {
    var terminal = context.terminal();
    if (json) print(problems, List.of());
    else problems.forEach(problem -> terminal.line(problem.toString()));
    terminal.error(
        "vigil: the policies have "
            + problems.size()
            + (problems.size() == 1 ? " problem" : " problems"));
    return Exit.REFUSED.code();
  }

  private void print(List<Problem> problems, List<Warning> warnings) {
    var answer = Api.object();
    problems.forEach(problem -> answer.withArray("problems").add(problem.toString()));
    warnings.forEach(warning -> answer.withArray("warnings").add(warning.toString()));
    context.terminal().line(answer.toPrettyString());
  }
}

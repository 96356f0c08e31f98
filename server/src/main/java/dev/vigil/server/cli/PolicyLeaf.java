// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.policy.language.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A leaf of `vigil policy` that works on files here, without a server.
abstract class PolicyLeaf extends Leaf {

  PolicyLeaf(Context context) {
    super(context);
  }

  /// Input with problems, each on a line of its own.
  static Failure unusable(String what, List<Problem> problems) {
    var document = Api.object();
    problems.forEach(problem -> document.withArray("problems").add(problem.toString()));
    return new Failure(
        Exit.USAGE,
        new Failure.Text(
            what,
            problems.size() == 1 ? "it has a problem" : "it has " + problems.size() + " problems",
            "correct it; `vigil policy check` lists all problems of a folder",
            problems.stream().map(Problem::toString).toList(),
            document.toPrettyString()));
  }

  final void print(List<String> lines) {
    lines.forEach(context.terminal()::line);
  }

  final void print(JsonNode answer) {
    context.terminal().line(answer.toPrettyString());
  }

  /// `1 case`, `2 cases`.
  static String count(long number, String one) {
    return number + " " + (number == 1 ? one : one + "s");
  }
}

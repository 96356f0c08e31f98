// SPDX-License-Identifier: Apache-2.0
package dev.vigil.server.cli;

import dev.vigil.kernel.Suggestion;
import dev.vigil.workbench.proof.Proof;
import dev.vigil.workbench.proof.Property;
import dev.vigil.workbench.proof.PropertyReader;
import dev.vigil.workbench.proof.PropertyReading;
import dev.vigil.workbench.proof.Prover;
import dev.vigil.workbench.proof.RuleReview;
import dev.vigil.workbench.proof.RuleReview.Worth;
import dev.vigil.workbench.proof.Solver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `vigil policy prove`: properties for every request there could be.
@Command(
    name = "prove",
    description = {
      "prove the properties beside the policies for every request there could be; needs no server",
      "Ends with 0 only if all of them are proved: a timeout or anything that cannot be said to the"
          + " solver is no proof."
    },
    footer = {"", "Example:", "  vigil policy prove policies/"})
final class PolicyProve extends ProofCommand {

  @Parameters(
      paramLabel = "DIR",
      description = "the folder with the policies and their `*.properties.yaml`")
  Path folder = Path.of("");

  @Option(
      names = "--property",
      paramLabel = "NAME",
      description = "only this property; may be given several times")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--rules",
      description = "instead: which rules never apply, and without which nothing would change")
  boolean rules;

  PolicyProve(Context context) {
    super(context);
  }

  @Override
  Exit run(Solver solver) {
    var policies = LoadedPolicies.of(folder);
    if (rules) return review(new RuleReview(solver, context.time(), policies.set()).review());
    long start = context.time().nanos();
    var properties = properties(policies);
    var results = new Prover(solver, context.time(), policies.set()).prove(properties);
    var took = Duration.ofNanos(context.time().nanos() - start);
    long proved = results.stream().filter(r -> r.proof() instanceof Proof.Proved).count();
    if (json) printResults(results);
    else {
      results.forEach(this::show);
      line(
          "%d of %d properties are proved, in %.1f s."
              .formatted(proved, results.size(), took.toMillis() / 1000.0));
    }
    return proved == results.size() ? Exit.DONE : Exit.REFUSED;
  }

  private List<Property> properties(LoadedPolicies policies) {
    var read = PropertyReader.read(policies.folder().policies(), policies.folder().properties());
    var all =
        switch (read) {
          case PropertyReading.Loaded loaded -> loaded.properties();
          case PropertyReading.Rejected rejected ->
              throw unusable(
                  "the properties in `" + folder + "` cannot be used", rejected.problems());
        };
    if (all.isEmpty())
      throw Failure.usage(
          "`" + folder + "` holds no properties",
          "write them into a file like `my.properties.yaml`");
    var known = all.stream().map(Property::name).toList();
    for (var name : names)
      if (!known.contains(name))
        throw Failure.usage(
            "there is no property `" + name + "`",
            Suggestion.nearest(name, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("choose one of " + String.join(", ", known)));
    return all.stream().filter(p -> names.isEmpty() || names.contains(p.name())).toList();
  }

  private void show(Prover.Result result) {
    var property = result.property();
    line(
        "%-11s %-40s %6d ms"
            .formatted(word(result.proof()), property.name(), result.took().toMillis()));
    switch (result.proof()) {
      case Proof.Proved proved -> {
        if (proved.empty()) line("  look at     its condition never holds");
        proved
            .exceptions()
            .forEach(rule -> line("  rests on    `" + rule + "`, which is skipped when unknown"));
      }
      case Proof.Refuted refuted -> {
        if (!property.text().isEmpty()) line("  broken      " + property.text());
        line("  decided     " + said(refuted.decision()));
        show(refuted.request());
      }
      case Proof.NotProved notProved ->
          notProved.why().forEach(why -> line("  why         " + why));
      case Proof.Disagreement disagreement -> {
        line(
            "  why         the solver and the engine disagree about this request; please report"
                + " it with the policies");
        line("  decided     " + said(disagreement.decision()));
        show(disagreement.request());
      }
    }
  }

  private static String word(Proof proof) {
    return switch (proof) {
      case Proof.Proved ignored -> "proved";
      case Proof.Refuted ignored -> "refuted";
      case Proof.NotProved ignored -> "not proved";
      case Proof.Disagreement ignored -> "disagreement";
    };
  }

  private void printResults(List<Prover.Result> results) {
    var answer = Api.object();
    var properties = answer.putArray("properties");
    for (var result : results) {
      var one = properties.addObject();
      one.put("name", result.property().name()).put("result", word(result.proof()));
      one.put("milliseconds", result.took().toMillis());
      describe(result.proof(), one);
    }
    print(answer);
  }

  private static void describe(Proof proof, ObjectNode one) {
    switch (proof) {
      case Proof.Proved proved -> {
        proved.exceptions().forEach(one.putArray("rests_on")::add);
        one.put("never_holds", proved.empty());
      }
      case Proof.Refuted refuted -> {
        one.put("decision", said(refuted.decision()));
        one.set("request", document(refuted.request()));
      }
      case Proof.NotProved notProved -> notProved.why().forEach(one.putArray("why")::add);
      case Proof.Disagreement disagreement -> {
        one.put("decision", said(disagreement.decision()));
        one.set("request", document(disagreement.request()));
      }
    }
  }

  private Exit review(RuleReview.Review review) {
    var idle =
        review.rules().entrySet().stream()
            .filter(
                rule -> rule.getValue() == Worth.UNREACHABLE || rule.getValue() == Worth.SHADOWED)
            .toList();
    if (json) {
      var answer = Api.object();
      var rulesFound = answer.putObject("rules");
      review.rules().forEach((rule, worth) -> rulesFound.put(rule, says(worth)));
      review.unanswered().forEach(answer.putArray("unanswered")::add);
      print(answer);
    } else {
      idle.forEach(rule -> line("%-40s %s".formatted(rule.getKey(), says(rule.getValue()))));
      review.unanswered().forEach(why -> line("not proved  " + why));
      line(review.rules().size() + " rules decide, " + idle.size() + " of them do nothing.");
    }
    if (!review.unanswered().isEmpty()) return Exit.UNDECIDED;
    return idle.isEmpty() ? Exit.DONE : Exit.REFUSED;
  }

  private static String says(Worth worth) {
    return switch (worth) {
      case NEEDED -> "needed";
      case SHADOWED -> "changes nothing: others decide the same without it";
      case UNREACHABLE -> "never applies";
      case UNKNOWN -> "not proved";
    };
  }
}

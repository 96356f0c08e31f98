// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.admission.PendingPolicy;
import dev.vigil.admission.administration.Difference;
import dev.vigil.admission.administration.Plan;
import dev.vigil.admission.administration.PolicyFiles;
import dev.vigil.admission.administration.PublicationChecks.Check;
import dev.vigil.admission.administration.PublicationChecks.Result;
import dev.vigil.admission.administration.Publications;
import dev.vigil.admission.administration.Publications.Planned;
import dev.vigil.admission.administration.Publishing;
import dev.vigil.policy.language.Problem;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The one mapping from plans, proposals and publications to the JSON that administrators see.
final class PolicyShown {

  private PolicyShown() {}

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode published(Publications.Applied.Published published) {
    var node = Shown.object().put("version", published.text().version());
    differences(node, published.differences());
    var warnings = node.putArray("warnings");
    published.warnings().forEach(warning -> warnings.add(warning.toString()));
    return node;
  }

  static ObjectNode waiting(Publications.Applied.Waiting waiting) {
    var node = Shown.object();
    node.set("pending", pending(waiting.pending()));
    differences(node, waiting.differences());
    return node;
  }

  static ObjectNode waiting(List<PendingPolicy> all) {
    var node = Shown.object();
    var items = node.putArray("items");
    all.forEach(one -> items.add(pending(one)));
    return node;
  }

  /// Without the files themselves.
  static ObjectNode pending(PendingPolicy pending) {
    var node =
        Shown.object()
            .put("id", pending.id().value())
            .put("based_on", pending.basedOn())
            .put("author", pending.author().value())
            .put("reason", pending.reason());
    var details = node.putObject("details");
    new TreeMap<>(pending.details()).forEach(details::put);
    return node.put("files", pending.files().size())
        .put("digest", PolicyFiles.kept(pending.files()).digest().toString())
        .put("proposed_at", pending.proposedAt().toString())
        .put("expires_at", pending.expiresAt().toString());
  }

  static ObjectNode proposal(Publications.Proposal proposal) {
    var node = pending(proposal.pending());
    var files = node.putObject("files");
    new TreeMap<>(proposal.pending().files()).forEach(files::put);
    switch (proposal.plan()) {
      case Planned.Plannable(Plan plan) -> node.set("plan", plan(plan));
      case Planned.Unsound(List<Problem> problems) -> {
        var array = node.putArray("problems");
        problems.forEach(problem -> array.add(problem.toString()));
      }
    }
    return node;
  }

  static ObjectNode plan(Plan plan) {
    var node =
        Shown.object().put("based_on", plan.basedOn()).put("digest", plan.digest().toString());
    node.put("changes", plan.changes());
    differences(node, plan.differences());
    var warnings = node.putArray("warnings");
    plan.warnings().forEach(warning -> warnings.add(warning.toString()));
    var checks = node.putArray("checks");
    plan.checks().forEach(check -> checks.add(check(check)));
    node.put("checks_passed", plan.passed());
    plan.lockout()
        .ifPresent(lockout ->
            node.putObject("lockout").put("of", label(lockout)).put("says", lockout.says()));
    return node.put("approval_needed", plan.approval() == Publishing.Approval.SECOND_PERSON);
  }

  private static ObjectNode check(Check check) {
    var node = Shown.object().put("kind", label(check.kind())).put("name", check.name());
    return switch (check.result()) {
      case Result.Passed _ -> node.put("result", "passed");
      case Result.NotRun(String why) -> node.put("result", "not-run").put("why", why);
      case Result.Failed(List<String> problems) -> {
        node.put("result", "failed");
        problems.forEach(node.putArray("problems")::add);
        yield node;
      }
    };
  }

  /// Files, apps and rules apart; a rule says which kind of rule it is.
  private static void differences(ObjectNode node, List<Difference> all) {
    var files = node.putArray("differences");
    var apps = node.putArray("apps");
    var rules = node.putArray("rules");
    for (var one : all) {
      switch (one.what()) {
        case FILE -> files.addObject().put("file", one.name()).put("kind", label(one.kind()));
        case APP -> apps.addObject().put("app", one.name()).put("kind", label(one.kind()));
        case PERMIT, GUARD, FORBID ->
            rules
                .addObject()
                .put("rule", one.name())
                .put("type", label(one.what()))
                .put("kind", label(one.kind()));
      }
    }
  }
}

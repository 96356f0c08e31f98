// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.explain;

import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.rule.Explanation;
import dev.vigil.policy.rule.Explanation.ConditionView;
import dev.vigil.policy.rule.Explanation.RuleView;
import dev.vigil.workbench.Answer;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Decisions and what led to them, as JSON for programs.
public final class ExplanationJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ExplanationJson() {}

  /// A decision, for an administrator's program.
  public static ObjectNode of(Decision decision) {
    var node = JSON.createObjectNode();
    var basis = decision.basis();
    node.put("outcome", Answer.of(decision).label());
    if (decision instanceof Decision.Allow allow)
      obligations(allow.obligations(), node.putObject("restrictions"));
    basis.deciding().forEach(node.putArray("deciding")::add);
    var reasons = node.putArray("reasons");
    for (var reason : basis.reasons())
      reasons
          .addObject()
          .put("rule", reason.rule())
          .put("requirement", reason.requirement())
          .put("text", reason.text().standard());
    steps(PersonView.steps(decision), node.putArray("steps"));
    if (!basis.validUntil().equals(Instant.MAX))
      node.put("valid_until", basis.validUntil().toString());
    basis.dependsOn().stream()
        .map(Fact::qualifiedName)
        .sorted()
        .forEach(node.putArray("depends_on")::add);
    return node;
  }

  private static void obligations(Obligations obligations, ObjectNode node) {
    if (obligations.readOnly()) node.put("read_only", true);
    if (obligations.noDownload()) node.put("no_download", true);
    obligations.maximumAge().ifPresent(age -> node.put("maximum_age_seconds", age.toSeconds()));
    if (!obligations.methods().isEmpty())
      obligations.methods().stream().sorted().forEach(node.putArray("methods")::add);
  }

  private static void steps(Iterable<Step> steps, ArrayNode nodes) {
    for (var step : steps) {
      var node = nodes.addObject();
      switch (step) {
        case Step.Fix fix -> node.put("fix", fix.fix()).put("text", fix.text().standard());
        case Step.Authenticate authenticate -> {
          node.put("authenticate", authenticate.strength());
          if (authenticate.maxAge() >= 0) node.put("max_age", authenticate.maxAge());
          node.put("transaction", authenticate.transaction())
              .put("text", authenticate.text().standard());
        }
      }
    }
  }

  /// What the person who asked is told.
  public static ObjectNode of(PersonView view, Decision decision) {
    var node = JSON.createObjectNode();
    node.put("outcome", Answer.of(decision).label()).put("says", view.headline());
    view.sentences().forEach(node.putArray("sentences")::add);
    steps(view.steps(), node.putArray("steps"));
    return node;
  }

  /// A decision and every rule with what it came to.
  public static ObjectNode of(Explanation explanation) {
    var node = of(explanation.decision());
    var rules = node.putArray("rules");
    for (var rule : explanation.rules()) rule(rule, rules.addObject());
    return node;
  }

  private static void rule(RuleView rule, ObjectNode node) {
    node.put("name", rule.name())
        .put("kind", Words.lower(rule.kind()))
        .put("mode", Words.lower(rule.mode()))
        .put("app", Words.lower(rule.app()))
        .put("applies", rule.applies());
    condition(rule.when(), node.putObject("when"));
    var requirements = node.putArray("requirements");
    for (var requirement : rule.requirements()) {
      var one = requirements.addObject().put("name", requirement.name());
      condition(requirement.condition(), one.putObject("condition"));
    }
  }

  private static void condition(ConditionView condition, ObjectNode node) {
    node.put("written", condition.written()).put("truth", Words.lower(condition.truth()));
    var values = node.putObject("values");
    for (var value : condition.values()) {
      var one = values.putObject(value.fact().qualifiedName());
      value.value().ifPresentOrElse(known -> put(one, known), () -> one.putNull("value"));
      value
          .evidence()
          .ifPresent(evidence ->
              one.put("tier", Words.lower(evidence.tier()))
                  .put("observed", evidence.observed().toString()));
    }
  }

  private static void put(ObjectNode node, Object value) {
    switch (value) {
      case Boolean flag -> node.put("value", flag);
      case Long number -> node.put("value", number);
      case Double number -> node.put("value", number);
      case java.util.List<?> words -> {
        var array = node.putArray("value");
        words.forEach(word -> array.add(String.valueOf(word)));
      }
      default -> node.put("value", Words.shown(value));
    }
  }
}

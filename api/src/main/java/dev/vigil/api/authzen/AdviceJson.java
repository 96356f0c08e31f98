// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Advice;
import dev.vigil.access.DeviceAttestation;
import dev.vigil.kernel.Refusal;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Obligations;
import dev.vigil.policy.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The answer to an evaluation (Authorization API 1.0 section 5.5): the decision, and in its
/// context what an enforcement point can act on. `reason_user` and the steps may be shown to the
/// person; they hold conditions, never values.
final class AdviceJson {

  private static final String REFUSED = "You may not do this.";
  private static final String RESTRICTED = "This is not possible with restricted access.";

  private AdviceJson() {}

  /// The decision with its context.
  static ObjectNode of(Advice.Decided advice, Asked asked) {
    return switch (advice.decision()) {
      case Decision.Allow allow -> allow(advice, allow.obligations(), asked);
      case Decision.StepUp stepUp -> {
        var answer = refused(advice, "step_up", "401");
        describe(answer, stepUp.steps());
        yield answer;
      }
      case Decision.Remediate remediate -> {
        var answer = refused(advice, "remediate", "403");
        describe(answer, remediate.steps());
        yield answer;
      }
      case Decision.Deny _ -> refused(advice, "deny", "403");
    };
  }

  /// No decision: closed, with the reason for it (section 7.2.1).
  static ObjectNode error(Refusal refusal, String detail) {
    var answer = decision(false);
    answer
        .withObject("context")
        .putObject("error")
        .put("status", refusal.status())
        .put("code", refusal.code())
        .put("message", detail.isEmpty() ? refusal.says() : refusal.says() + ": " + detail);
    return answer;
  }

  private static ObjectNode decision(boolean decision) {
    return JsonNodeFactory.instance.objectNode().put("decision", decision);
  }

  private static ObjectNode allow(Advice.Decided advice, Obligations obligations, Asked asked) {
    var unmet = Enforceable.of(asked.context()).unmet(obligations, asked.action().name());
    var answer = decision(unmet.isEmpty());
    var context = about(answer, advice, obligations.restricts() ? "restrict" : "allow");
    if (obligations.restricts()) describe(context.putObject("obligations"), obligations);
    if (!unmet.isEmpty()) {
      reason(context, "reason_admin", "403", "nobody sees to " + String.join(", ", unmet));
      reason(context, "reason_user", "403", RESTRICTED);
    }
    return answer;
  }

  private static ObjectNode refused(Advice.Decided advice, String outcome, String key) {
    var answer = decision(false);
    var context = about(answer, advice, outcome);
    reason(context, "reason_admin", key, forAdministrators(advice.decision()));
    forThePerson(context.putObject("reason_user"), key, advice.decision());
    return answer;
  }

  private static ObjectNode about(ObjectNode answer, Advice.Decided advice, String outcome) {
    var context = answer.putObject("context");
    context.put("id", advice.reference().value()).put("outcome", outcome);
    context.put("policy_version", advice.decision().basis().policyVersion());
    if (!advice.validUntil().equals(Instant.MAX))
      context.put("valid_until", advice.validUntil().toString());
    DeviceAttestation.of(advice.request()).ifPresent(how -> context.put("device_attestation", how));
    return context;
  }

  private static void reason(ObjectNode context, String name, String key, String text) {
    context.putObject(name).put(key, text);
  }

  private static String forAdministrators(Decision decision) {
    var basis = decision.basis();
    if (basis.reasons().isEmpty())
      return basis.deciding().isEmpty() ? "no permit applies" : String.join(", ", basis.deciding());
    return basis.reasons().stream()
        .map(
            one -> one.requirement().isEmpty() ? one.rule() : one.rule() + ": " + one.requirement())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /// What the person may read: as it stands under the status, and each translation that there is
  /// with its language before it.
  private static void forThePerson(ObjectNode reason, String key, Decision decision) {
    var sentences =
        decision.basis().reasons().stream()
            .map(Decision.Reason::text)
            .filter(one -> !one.isEmpty())
            .distinct()
            .toList();
    reason.put(key, sentences.isEmpty() ? REFUSED : said(sentences, List.of()));
    sentences.stream()
        .flatMap(one -> one.translations().keySet().stream())
        .distinct()
        .sorted()
        .forEach(tag ->
            reason.put(tag + "-" + key, said(sentences, List.of(new Locale.LanguageRange(tag)))));
  }

  private static String said(List<Sentence> sentences, List<Locale.LanguageRange> languages) {
    return sentences.stream()
        .map(one -> one.in(languages))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static void describe(ObjectNode into, Obligations obligations) {
    if (obligations.readOnly()) into.put("read_only", true);
    if (obligations.noDownload()) into.put("no_download", true);
    obligations.maximumAge().ifPresent(age -> into.put("maximum_age", age.toSeconds()));
    obligations.recheck().ifPresent(every -> into.put("recheck", every.toSeconds()));
    if (!obligations.methods().isEmpty()) {
      var methods = into.putArray("methods");
      obligations.methods().stream().sorted().forEach(methods::add);
    }
  }

  /// The steps, and for those who know RFC 9470 the challenge in its terms.
  private static void describe(ObjectNode answer, List<? extends Step> steps) {
    var context = answer.withObject("context");
    var authenticate =
        steps.stream()
            .filter(Step.Authenticate.class::isInstance)
            .map(Step.Authenticate.class::cast)
            .toList();
    String strengths =
        authenticate.stream()
            .map(Step.Authenticate::strength)
            .filter(one -> !one.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    if (!strengths.isEmpty()) context.put("acr_values", strengths);
    authenticate.stream()
        .mapToLong(Step.Authenticate::maxAge)
        .filter(age -> age >= 0)
        .min()
        .ifPresent(age -> context.put("max_age", age));
    var array = context.putArray("steps");
    for (Step step : steps) describe(array.addObject(), step);
  }

  private static void describe(ObjectNode node, Step step) {
    switch (step) {
      case Step.Fix(String fix, Sentence text, var open) -> {
        node.put("step", "fix").put("fix", fix);
        describe(node, text);
        open.ifPresent(page -> {
          node.put("open", page.label());
          page.links().forEach(node.putObject("links")::put);
        });
      }
      case Step.Authenticate(String strength, long maxAge, boolean transaction, Sentence text) -> {
        node.put("step", "authenticate");
        describe(node, text);
        if (!strength.isEmpty()) node.put("strength", strength);
        if (maxAge >= 0) node.put("max_age", maxAge);
        if (transaction) node.put("transaction", true);
      }
    }
  }

  private static void describe(ObjectNode node, Sentence text) {
    node.put("text", text.standard());
    if (text.translations().isEmpty()) return;
    var translations = node.putObject("translations");
    new TreeMap<>(text.translations()).forEach(translations::put);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Advice;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Response;
import dev.vigil.kernel.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Single evaluations and many in one request (Authorization API 1.0 sections 6 and 7).
final class Evaluations {

  /// The most evaluations in one request.
  static final int MOST = 100;

  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Point point;

  Evaluations(Point point) {
    this.point = point;
  }

  /// When a request with many evaluations is over (section 7.1.2.1).
  private enum Semantic {
    EXECUTE_ALL,
    DENY_ON_FIRST_DENY,
    PERMIT_ON_FIRST_PERMIT;

    boolean endsWith(boolean decision) {
      return switch (this) {
        case EXECUTE_ALL -> false;
        case DENY_ON_FIRST_DENY -> !decision;
        case PERMIT_ON_FIRST_PERMIT -> decision;
      };
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One evaluation.
  Response one(Doors.EnforcementPoint caller, ObjectNode content) {
    var asked = Asked.of(content, NOTHING, Asked.Form.EVALUATION);
    var question = point.questions().of(caller, asked, point.now());
    return switch (point.answer(question)) {
      case Advice.Decided decided -> Response.json(200, AdviceJson.of(decided, asked));
      case Advice.Rejected(var _, var refusal) -> Response.problem(refusal, "");
    };
  }

  /// Many evaluations; without the array, one (section 7.1).
  Response many(Doors.EnforcementPoint caller, ObjectNode content) {
    var array = content.path("evaluations");
    if (array.isMissingNode() || array.isNull()) return one(caller, content);
    if (!array.isArray())
      throw new Unanswerable(AuthzenRefusal.MEMBER, "`evaluations` must be an array");
    if (array.isEmpty()) return one(caller, content);
    if (array.size() > MOST)
      throw new Unanswerable(AuthzenRefusal.TOO_MUCH, "at most " + MOST + " evaluations");
    var semantic = semantic(Asked.optional("options", content.path("options")));
    var all = new ArrayList<Asked>();
    for (JsonNode item : array) all.add(asked(all.size(), item, content));
    var answers = JsonNodeFactory.instance.objectNode();
    answers.putArray("evaluations").addAll(answers(caller, all, semantic));
    return Response.json(200, answers);
  }

  private static Asked asked(int index, JsonNode item, ObjectNode defaults) {
    try {
      if (item instanceof ObjectNode object)
        return Asked.of(object, defaults, Asked.Form.EVALUATION);
      throw new Unanswerable(AuthzenRefusal.MEMBER, "it must be an object");
    } catch (Unanswerable e) {
      throw new Unanswerable(e.refusal(), "`evaluations[" + index + "]`: " + e.detail());
    }
  }

  private List<JsonNode> answers(
      Doors.EnforcementPoint caller, List<Asked> all, Semantic semantic) {
    var answers = new ArrayList<JsonNode>();
    var now = point.now();
    for (Asked asked : all) {
      var answer = answer(caller, asked, now);
      answers.add(answer);
      if (semantic.endsWith(answer.path("decision").asBoolean(false))) break;
    }
    return answers;
  }

  private ObjectNode answer(Doors.EnforcementPoint caller, Asked asked, Instant now) {
    try {
      return switch (point.answer(point.questions().of(caller, asked, now))) {
        case Advice.Decided decided -> AdviceJson.of(decided, asked);
        case Advice.Rejected(var _, var refusal) -> AdviceJson.error(refusal, "");
      };
    } catch (Unanswerable e) {
      return AdviceJson.error(e.refusal(), e.detail());
    }
  }

  private static Semantic semantic(ObjectNode options) {
    var named = options.path("evaluations_semantic");
    if (named.isMissingNode() || named.isNull()) return Semantic.EXECUTE_ALL;
    var labels = new ArrayList<String>();
    for (Semantic one : Semantic.values()) {
      if (named.isString() && named.asString().equals(one.label())) return one;
      labels.add(one.label());
    }
    String meant =
        Suggestion.nearest(named.asString(""), labels)
            .map(word -> ", did you mean `" + word + "`?")
            .orElse("");
    throw new Unanswerable(
        AuthzenRefusal.MEMBER,
        "`options.evaluations_semantic` is one of " + String.join(", ", labels) + meant);
  }
}

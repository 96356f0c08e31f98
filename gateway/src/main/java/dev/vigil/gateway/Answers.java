// SPDX-License-Identifier: Apache-2.0
package dev.vigil.gateway;

import dev.vigil.access.DeviceAttestation;
import dev.vigil.access.Verdict;
import dev.vigil.kernel.Action;
import dev.vigil.kernel.DecisionId;
import dev.vigil.kernel.Refusal;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Sentence;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Problem documents (RFC 9457) and challenges (RFC 6750, RFC 9470): what happened, why, what to
/// do.
final class Answers {

  private static final JsonMapper JSON = JsonMapper.shared();

  /// Says how the device was attested, so that a root for development is seen by whoever tests.
  static final String ATTESTATION = "vigil-device-attestation";

  private Answers() {}

  /// A refusal without a decision behind it.
  static FullHttpResponse of(Refusal refusal) {
    return of(refusal, Optional.empty());
  }

  /// A refusal of the enforcement point about a request that has been decided.
  static FullHttpResponse of(Refusal refusal, DecisionId reference) {
    return of(refusal, Optional.of(reference));
  }

  private static FullHttpResponse of(Refusal refusal, Optional<DecisionId> reference) {
    var response = response(refusal, problem(refusal, reference));
    if (refusal.status() == HttpResponseStatus.UNAUTHORIZED.code())
      challenge(response, "Bearer error=\"invalid_token\"");
    return response;
  }

  /// The answer to a verdict that does not pass.
  static FullHttpResponse of(Verdict verdict, Asker asker) {
    return switch (verdict) {
      case Verdict.Rejected rejected -> of(rejected.refusal(), rejected.reference());
      case Verdict.Decided decided -> {
        var response = of(decided.decision(), decided.reference(), asker);
        DeviceAttestation.of(decided.request())
            .ifPresent(how -> response.headers().set(ATTESTATION, how));
        yield response;
      }
    };
  }

  /// What an answer takes into account of who asks.
  ///
  /// @param action the transaction that was asked for
  /// @param languages what the person likes to read (RFC 9110 section 12.5.4), best first
  record Asker(Optional<Action> action, List<LanguageRange> languages) {}

  private static FullHttpResponse of(Decision decision, DecisionId reference, Asker asker) {
    return switch (decision) {
      case Decision.Allow _ -> of(GatewayRefusal.ENDED, reference);
      case Decision.Deny _ -> of(GatewayRefusal.DENIED, reference);
      case Decision.StepUp stepUp ->
          stepUp(GatewayRefusal.STEP_UP, reference, stepUp.steps(), asker);
      case Decision.Remediate remediate -> {
        var problem = problem(GatewayRefusal.REMEDIATE, Optional.of(reference));
        describe(problem, remediate.steps(), asker.languages());
        yield response(GatewayRefusal.REMEDIATE, problem);
      }
    };
  }

  /// Asks for the approval of this action once more.
  static FullHttpResponse approveAgain(DecisionId reference, Asker asker) {
    var step =
        new Step.Authenticate("", -1, true, Sentence.of(GatewayRefusal.APPROVAL_SPENT.next()));
    return stepUp(GatewayRefusal.APPROVAL_SPENT, reference, List.of(step), asker);
  }

  private static FullHttpResponse stepUp(
      Refusal refusal, DecisionId reference, List<Step.Authenticate> steps, Asker asker) {
    var problem = problem(refusal, Optional.of(reference));
    describe(problem, steps, asker.languages());
    var response = response(refusal, problem);
    challenge(response, challengeOf(steps, asker.action()));
    return response;
  }

  /// RFC 9470 section 3; `vigil_action` names the transaction that must be approved, `vigil_app`
  /// the app that it belongs to.
  private static String challengeOf(List<Step.Authenticate> steps, Optional<Action> action) {
    var challenge =
        new StringBuilder("Bearer error=\"insufficient_user_authentication\", error_description=\"")
            .append(GatewayRefusal.STEP_UP.says())
            .append('"');
    var strengths =
        steps.stream()
            .map(Step.Authenticate::strength)
            .map(Answers::quotable)
            .filter(s -> !s.isEmpty())
            .distinct()
            .collect(Collectors.joining(" "));
    if (!strengths.isEmpty()) challenge.append(", acr_values=\"").append(strengths).append('"');
    steps.stream()
        .mapToLong(Step.Authenticate::maxAge)
        .filter(age -> age >= 0)
        .min()
        .ifPresent(age -> challenge.append(", max_age=\"").append(age).append('"'));
    if (action.isPresent() && steps.stream().anyMatch(Step.Authenticate::transaction))
      challenge
          .append(", vigil_app=\"")
          .append(action.get().app())
          .append("\", vigil_action=\"")
          .append(action.get().digest())
          .append('"');
    return challenge.toString();
  }

  private static String quotable(String text) {
    return text.replaceAll("[^A-Za-z0-9._:/-]", "");
  }

  private static void challenge(FullHttpResponse response, String challenge) {
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
  }

  private static void describe(
      ObjectNode problem, List<? extends Step> steps, List<LanguageRange> languages) {
    var array = problem.putArray("steps");
    for (Step step : steps) {
      var node = array.addObject();
      switch (step) {
        case Step.Fix(String fix, Sentence text, var open) -> {
          node.put("step", "fix").put("fix", fix).put("text", text.in(languages));
          open.ifPresent(page -> {
            node.put("open", page.label());
            page.links().forEach(node.putObject("links")::put);
          });
        }
        case Step.Authenticate(
                String strength,
                long maxAge,
                boolean transaction,
                Sentence text) -> {
          node.put("step", "authenticate").put("text", text.in(languages));
          if (!strength.isEmpty()) node.put("strength", strength);
          if (maxAge >= 0) node.put("max_age", maxAge);
          if (transaction) node.put("transaction", true);
        }
      }
    }
  }

  private static ObjectNode problem(Refusal refusal, Optional<DecisionId> reference) {
    var problem = JSON.createObjectNode();
    problem.put("type", "urn:vigil:problem:" + refusal.code());
    problem.put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase());
    problem.put("status", refusal.status());
    problem.put("detail", refusal.says());
    reference.ifPresent(id -> problem.put("instance", "urn:vigil:decision:" + id));
    problem.put("code", refusal.code());
    problem.put("next", refusal.next());
    return problem;
  }

  private static FullHttpResponse response(Refusal refusal, ObjectNode problem) {
    var body = Unpooled.wrappedBuffer(JSON.writeValueAsBytes(problem));
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.status()), body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (refusal.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code())
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
    return response;
  }
}

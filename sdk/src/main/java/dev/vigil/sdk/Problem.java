// SPDX-License-Identifier: Apache-2.0
package dev.vigil.sdk;

import java.util.List;
import java.util.Optional;

/// A refusal as it stands on the wire: RFC 9457 with the members `code`, `next`, `reference` and
/// `steps`.
record Problem(String code, String detail, String next, String reference, List<Json> steps) {

  /// The refusal in a body, or empty if the document is malformed or somebody else's.
  static Optional<Problem> of(Json json) {
    return json.text("code")
        .filter(code -> code.matches("[a-z0-9-]{1,60}(\\.[a-z0-9-]{1,60}){0,4}"))
        .map(code ->
            new Problem(
                code,
                json.text("detail").or(() -> json.text("title")).orElse("the request was refused"),
                json.textOr("next", ""),
                json.text("reference").or(() -> json.text("instance")).orElse(""),
                json.objects("steps")));
  }

  List<Refused.Fix> fixes() {
    return steps.stream()
        .flatMap(step ->
            step
                .text("fix")
                .map(name ->
                    new Refused.Fix(
                        name,
                        step.textOr("text", name),
                        step.textOr("open", ""),
                        step.named("links")))
                .stream())
        .toList();
  }

  List<String> strengths() {
    return steps.stream().flatMap(step -> step.text("strength").stream()).toList();
  }

  /// What it means where no step-up can follow.
  Refused refused(int status) {
    if (!fixes().isEmpty()) {
      return new Refused.RemediationNeeded(detail, reference, fixes());
    }
    if (status == 401) {
      return new Refused.SignInRequired(detail);
    }
    return status >= 500
        ? new Refused.Unreachable(detail)
        : new Refused.Denied(detail, reference, code, next);
  }

  /// What an issuer's answer other than success means: a problem document or an OAuth error (RFC
  /// 6749 section 5.2).
  static Refused refused(Reply reply) {
    var json = reply.json().orElse(Json.EMPTY);
    var problem = of(json);
    if (problem.isPresent()) {
      return problem.get().refused(reply.status());
    }
    var error = json.textOr("error", "");
    if (reply.status() >= 500 || reply.status() < 400) {
      return new Refused.Unreachable("the server answered with status " + reply.status());
    }
    var text =
        json.textOr(
            "error_description",
            error.isEmpty() ? "the server refused with status " + reply.status() : error);
    return reply.status() == 401
        ? new Refused.SignInRequired(text)
        : new Refused.Denied(text, "", error, "");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.admission.signin.InTheWay;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import java.util.List;

/// What a person sees when the policies do not let them into an app: what to fix, or the reference
/// to quote, and where to go from there. The app learns none of it.
public final class DecisionPage {

  private DecisionPage() {}

  /// What the decision asks for, in the language that the browser likes best. What the policies say
  /// of a fix is theirs.
  public static Response of(Request request, InTheWay what) {
    var words = Messages.of(request.header("accept-language").orElse(""));
    return switch (what.answer()) {
      case AppDecisions.Remediate(String _, var steps) ->
          Pages.decided(
              words,
              new Says(
                  "decision.wait",
                  "decision.fix",
                  steps.stream().map(AppDecisions.Fix::says).toList()),
              what);
      case AppDecisions.StepUp(String _, var _, var _, var says) ->
          Pages.decided(words, new Says("decision.wait", "decision.signin", says), what);
      case AppDecisions.Denied _ ->
          Pages.decided(words, new Says("decision.impossible", "decision.denied", List.of()), what);
      case AppDecisions.Allowed _ ->
          Pages.decided(words, new Says("done", "decision.open", List.of()), what);
    };
  }

  /// The keys of the messages, and what the policies say.
  record Says(String title, String message, List<String> steps) {}
}

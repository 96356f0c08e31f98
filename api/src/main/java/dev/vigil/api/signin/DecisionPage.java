// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.api.http.Response;
import java.net.URI;
import java.util.List;

/// What a person sees when the policies do not let them into an app: what to fix, or the reference
/// to quote. The app learns none of it.
public final class DecisionPage {

  private DecisionPage() {}

  /// What the decision asks for.
  ///
  /// @param name of the app
  /// @param back the way back to the app, as a path of ours
  public static Response of(AppDecisions.Answer answer, String name, URI back) {
    return switch (answer) {
      case AppDecisions.Remediate(String reference, var steps) ->
          Pages.decided(
              "Not yet",
              name + " needs something fixed first:",
              steps.stream().map(AppDecisions.Fix::says).toList(),
              reference,
              back);
      case AppDecisions.StepUp(String reference, var _, var _, var says) ->
          Pages.decided("Not yet", name + " needs another sign-in:", says, reference, back);
      case AppDecisions.Denied(String reference) ->
          Pages.decided(
              "Not possible", "You may not use " + name + ".", List.of(), reference, back);
      case AppDecisions.Allowed(String reference) ->
          Pages.decided("Done", "You may use " + name + ".", List.of(), reference, back);
    };
  }
}

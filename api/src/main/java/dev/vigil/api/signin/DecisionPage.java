// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.admission.signin.AppDecisions;
import dev.vigil.api.http.Response;
import dev.vigil.kernel.Refusal;
import java.net.URI;
import java.util.List;

/// What a person sees when the policies do not let them into an app: what to fix, or the reference
/// to quote. The app learns none of it.
public final class DecisionPage {

  private static final Pages PAGES = new Pages();

  private DecisionPage() {}

  /// A page that says why not, with nothing to go on with.
  public static Response refused(Refusal refusal) {
    return PAGES.refused(refusal);
  }

  /// What the decision asks for.
  ///
  /// @param name of the app
  /// @param back the way back to the app, as a path of ours
  public static Response of(AppDecisions.Answer answer, String name, URI back) {
    return switch (answer) {
      case AppDecisions.Remediate(String reference, var steps) ->
          PAGES.decided(
              "Not yet",
              name + " needs something fixed first:",
              steps.stream().map(AppDecisions.Fix::says).toList(),
              reference,
              back);
      case AppDecisions.StepUp(String reference, var _, var _, var says) ->
          PAGES.decided("Not yet", name + " needs another sign-in:", says, reference, back);
      case AppDecisions.Denied(String reference) ->
          PAGES.decided(
              "Not possible", "You may not use " + name + ".", List.of(), reference, back);
      case AppDecisions.Allowed(String reference) ->
          PAGES.decided("Done", "You may use " + name + ".", List.of(), reference, back);
    };
  }
}

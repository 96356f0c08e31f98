// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;
import java.util.function.Function;

/// Who may use a route, and how that is proven. Only [Doors] makes them, so no route is open by
/// accident.
///
/// @param <P> what the caller has proven when the handler runs
public final class Caller<P> {

  private final String label;
  private final Function<Request, Outcome<P>> proof;
  private final RefusedCalls refused;

  Caller(String label, Function<Request, Outcome<P>> proof, RefusedCalls refused) {
    this.label = label;
    this.proof = proof;
    this.refused = refused;
  }

  /// The name in the list of routes, such as `administrator(help-desk)`.
  public String label() {
    return label;
  }

  Outcome<P> prove(Request request) {
    return proof.apply(request);
  }

  /// Records that a call was refused before its handler could.
  void refused(RefusedCalls.Call call, Refusal refusal) {
    refused.note(call, refusal);
  }
}

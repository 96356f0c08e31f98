// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.http;

import dev.vigil.kernel.Outcome;
import java.util.function.Function;

/// Who may use a route, and how that is proven. Only [Doors] makes them, so no route is open by
/// accident.
///
/// @param <P> what the caller has proven when the handler runs
public final class Caller<P> {

  private final String label;
  private final Function<Request, Outcome<P>> proof;

  Caller(String label, Function<Request, Outcome<P>> proof) {
    this.label = label;
    this.proof = proof;
  }

  /// The name in the list of routes, such as `administrator(help-desk)`.
  public String label() {
    return label;
  }

  Outcome<P> prove(Request request) {
    return proof.apply(request);
  }
}

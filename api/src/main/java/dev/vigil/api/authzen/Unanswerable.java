// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Refusal;

/// Unwinds the reading of a request to whoever answers with the refusal inside.
final class Unanswerable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String detail;

  Unanswerable(Refusal refusal, String detail) {
    super(refusal.code(), null, false, false);
    this.refusal = refusal;
    this.detail = detail;
  }

  /// Why there is no decision.
  Refusal refusal() {
    return refusal;
  }

  /// What exactly, for who asked.
  String detail() {
    return detail;
  }

  /// A handler that answers with the refusal when its reading stops.
  static <P> Route.Handler<P> answered(Route.Handler<P> handler) {
    return (request, proven) -> {
      try {
        return handler.handle(request, proven);
      } catch (Unanswerable stop) {
        return Response.problem(stop.refusal, stop.detail);
      }
    };
  }
}

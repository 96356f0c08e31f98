// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.administration;

import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.Refusal;

/// Unwinds the reading of a request to its handler, which answers with the refusal inside.
final class Stop extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final String detail;

  Stop(Refusal refusal, String detail) {
    super(refusal.code(), null, false, false);
    this.refusal = refusal;
    this.detail = detail;
  }

  /// The value, or the end of the reading.
  static <T> T unless(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T>(Refusal refusal, String detail) -> throw new Stop(refusal, detail);
    };
  }

  /// A handler that answers with the refusal when its reading stops.
  static <P> Route.Handler<P> answered(Route.Handler<P> handler) {
    return (request, proven) -> {
      try {
        return handler.handle(request, proven);
      } catch (Stop stop) {
        return Response.problem(stop.refusal, stop.detail);
      }
    };
  }
}

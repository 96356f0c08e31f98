// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.service;

import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The routes for upstream apps, load balancers and monitors.
public final class ServiceRoutes {

  private final Doors doors;
  private final Supplier<String> assertionKeys;
  private final BooleanSupplier ready;

  /// @param assertionKeys the JWK set (RFC 7517) that verifies the identity header
  /// @param ready whether requests would be served now
  public ServiceRoutes(Doors doors, Supplier<String> assertionKeys, BooleanSupplier ready) {
    this.doors = doors;
    this.assertionKeys = assertionKeys;
    this.ready = ready;
  }

  public List<Route<?>> routes() {
    return List.of(
        Route.get(
            "/health/live",
            doors.everyone(),
            (_, _) -> Response.json(200, Map.of("status", "live"))),
        Route.get("/health/ready", doors.everyone(), (_, _) -> readiness()),
        Route.get("/assertions/jwks", doors.everyone(), (_, _) -> keys()));
  }

  private Response readiness() {
    boolean now = ready.getAsBoolean();
    return Response.json(now ? 200 : 503, Map.of("status", now ? "ready" : "not ready"));
  }

  private Response keys() {
    return new Response.Content(
        200,
        "application/jwk-set+json",
        Bytes.of(assertionKeys.get().getBytes(StandardCharsets.UTF_8)),
        Map.of());
  }
}

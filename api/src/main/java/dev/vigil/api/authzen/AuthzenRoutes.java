// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.api.http.Body;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Rate;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The routes of the Authorization API: for the listener that asks for a client certificate, and
/// the metadata that leads there.
public final class AuthzenRoutes {

  private static final Body CONTENT = Body.json().atMost(256 * 1024);
  private static final Rate OFTEN = Rate.perMinute(6_000);
  private static final Rate SELDOM = Rate.perMinute(120);
  private static final int LONGEST_ID = 128;

  private final Doors doors;
  private final URI mutualTls;
  private final Evaluations evaluations;
  private final Searches searches;

  /// @param mutualTls the origin of the listener that asks for a client certificate
  public AuthzenRoutes(Doors doors, Point point, URI mutualTls) {
    this.doors = doors;
    this.mutualTls = mutualTls;
    this.evaluations = new Evaluations(point);
    this.searches = new Searches(point);
  }

  /// What is asked of whichever policy decision point this is.
  @FunctionalInterface
  private interface Answering {
    Response answer(Doors.EnforcementPoint caller, ObjectNode content);
  }

  /// For the listener that asks for a client certificate.
  public List<Route<?>> mutualTls() {
    return List.of(
        route("/access/v1/evaluation", evaluations::one, OFTEN),
        route("/access/v1/evaluations", evaluations::many, OFTEN),
        route("/access/v1/search/subject", searches::subjects, SELDOM),
        route("/access/v1/search/resource", searches::resources, SELDOM),
        route("/access/v1/search/action", searches::actions, SELDOM),
        configuration());
  }

  /// For everybody: where the policy decision point is (section 9).
  public Route<?> configuration() {
    return Route.get(
            "/.well-known/authzen-configuration",
            doors.everyone(),
            (request, _) ->
                Response.json(200, metadata(request)).with("Cache-Control", "public, max-age=300"))
        .limited(SELDOM);
  }

  private Map<String, Object> metadata(Request request) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("policy_decision_point", request.origin().toString());
    metadata.put("access_evaluation_endpoint", mutualTls + "/access/v1/evaluation");
    metadata.put("access_evaluations_endpoint", mutualTls + "/access/v1/evaluations");
    metadata.put("search_subject_endpoint", mutualTls + "/access/v1/search/subject");
    metadata.put("search_resource_endpoint", mutualTls + "/access/v1/search/resource");
    metadata.put("search_action_endpoint", mutualTls + "/access/v1/search/action");
    return metadata;
  }

  private Route<?> route(String path, Answering answering, Rate rate) {
    return Route.post(
            path,
            doors.enforcementPoint(),
            CONTENT,
            Unanswerable.<Doors.EnforcementPoint>answered((request, caller) -> {
              identified(request);
              return answering.answer(caller, request.json());
            }))
        .limited(rate);
  }

  /// Every answer carries the identifier that the request has; one that could not be carried is
  /// refused.
  private static void identified(Request request) {
    boolean fits =
        request
            .header("x-request-id")
            .map(id -> id.length() <= LONGEST_ID && id.matches("[!-~]+"))
            .orElse(true);
    if (!fits) throw new Unanswerable(AuthzenRefusal.REQUEST_ID, "");
  }
}

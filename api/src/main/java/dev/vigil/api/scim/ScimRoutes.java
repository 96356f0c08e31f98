// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import dev.vigil.admission.provisioning.Groups;
import dev.vigil.admission.provisioning.Provider;
import dev.vigil.admission.provisioning.Providers;
import dev.vigil.admission.provisioning.Resource;
import dev.vigil.admission.provisioning.Resources;
import dev.vigil.admission.provisioning.Users;
import dev.vigil.api.http.Body;
import dev.vigil.api.http.Caller;
import dev.vigil.api.http.Doors;
import dev.vigil.api.http.Request;
import dev.vigil.api.http.Response;
import dev.vigil.api.http.Route;
import dev.vigil.identity.scim.Schema;
import dev.vigil.identity.scim.ScimRefusal;
import dev.vigil.kernel.Outcome;
import dev.vigil.kernel.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The SCIM server: `/scim/v2`. Every route is for a provider that proves itself by a token or a
/// client certificate.
public final class ScimRoutes {

  private static final String BASE = "/scim/v2";
  private static final Body CONTENT = Body.scim(512 * 1024);

  private final Door door;
  private final Caller<Provider> provider;
  private final Users users;
  private final Groups groups;

  public ScimRoutes(Doors doors, UseCases useCases, TimeSource time) {
    this.door = new Door(useCases.providers(), time);
    this.provider = door.caller(doors);
    this.users = useCases.users();
    this.groups = useCases.groups();
  }

  /// What the routes stand on.
  public record UseCases(Providers providers, Users users, Groups groups) {}

  /// For a listener's `Routes`.
  public List<Route<?>> routes() {
    var all = new ArrayList<Route<?>>(discovery());
    all.addAll(routes(Schema.Kind.USER, users));
    all.addAll(routes(Schema.Kind.GROUP, groups));
    all.addAll(unsupported());
    return List.copyOf(all);
  }

  private List<Route<?>> discovery() {
    return List.of(
        get(
            "/ServiceProviderConfig",
            (request, _) -> Answers.json(200, Discovery.configuration(base(request)))),
        get("/ResourceTypes", (request, _) -> all(Discovery.resourceTypes(base(request)))),
        get(
            "/ResourceTypes/{id}",
            (request, _) -> one(Discovery.resourceTypes(base(request)), request)),
        get("/Schemas", (request, _) -> all(Discovery.schemas(base(request)))),
        get("/Schemas/{id}", (request, _) -> one(Discovery.schemas(base(request)), request)));
  }

  private static String base(Request request) {
    return request.origin() + BASE;
  }

  private static Response all(List<ObjectNode> found) {
    return Answers.list(found.size(), 1, found);
  }

  private static Response one(List<ObjectNode> among, Request request) {
    String id = request.segment("id");
    return among.stream()
        .filter(json -> json.path("id").asString("").equals(id))
        .findFirst()
        .map(json -> Answers.json(200, json))
        .orElseGet(() -> Response.problem(ScimRefusal.UNKNOWN, ""));
  }

  private Route<Provider> get(String path, Route.Handler<Provider> handler) {
    return Route.get(BASE + path, provider, door.counted(handler));
  }

  private Route<Provider> with(String method, String path, Route.Handler<Provider> handler) {
    return new Route<>(
        method, BASE + path, provider, CONTENT, door.counted(handler), Optional.empty());
  }

  private List<Route<?>> routes(Schema.Kind kind, Resources store) {
    String all = kind.endpoint();
    String one = all + "/{id}";
    return List.of(
        get(all, (request, caller) -> list(kind, store, request, caller)),
        with(
            "POST",
            all,
            (request, caller) ->
                shown(
                    kind, 201, request, store.create(Asked.call(request, caller), request.json()))),
        get(one, (request, caller) -> read(kind, store, request, caller)),
        with(
            "PUT",
            one,
            (request, caller) ->
                shown(
                    kind,
                    200,
                    request,
                    store.replace(
                        Asked.call(request, caller), request.segment("id"), request.json()))),
        with("PATCH", one, (request, caller) -> patched(kind, store, request, caller)),
        Route.delete(
            BASE + one,
            provider,
            door.counted((request, caller) ->
                Response.of(
                    store.delete(Asked.call(request, caller), request.segment("id")),
                    _ -> Response.noContent()))));
  }

  private static Response list(
      Schema.Kind kind, Resources store, Request request, Provider caller) {
    return Response.of(
        Asked.query(request).then(query -> store.list(Asked.call(request, caller), query)),
        page -> Answers.page(kind, page, Asked.shape(request)));
  }

  private static Response read(
      Schema.Kind kind, Resources store, Request request, Provider caller) {
    return Response.of(
        store.get(Asked.call(request, caller), request.segment("id")),
        resource ->
            request.header("if-none-match").filter(resource::named).isPresent()
                ? Answers.unchanged(resource)
                : Answers.resource(200, kind, resource, Asked.shape(request)));
  }

  private static Response shown(
      Schema.Kind kind, int status, Request request, Outcome<Resource> outcome) {
    return Response.of(
        outcome, resource -> Answers.resource(status, kind, resource, Asked.shape(request)));
  }

  /// A group can have thousands of members, so that it is not answered unless asked for (RFC 7644
  /// section 3.5.2).
  private static Response patched(
      Schema.Kind kind, Resources store, Request request, Provider caller) {
    var outcome = store.patch(Asked.call(request, caller), request.segment("id"), request.json());
    return kind == Schema.Kind.GROUP && !request.query().containsKey("attributes")
        ? Response.of(outcome, resource -> Response.noContent().with("ETag", resource.version()))
        : shown(kind, 200, request, outcome);
  }

  /// What RFC 7644 has and this server has not, said in so many words.
  private List<Route<?>> unsupported() {
    Route.Handler<Provider> refused = (_, _) -> Response.problem(ScimRefusal.UNSUPPORTED, "");
    return List.of(
        with("POST", "/Bulk", refused),
        with("POST", "/.search", refused),
        with("POST", "/Users/.search", refused),
        with("POST", "/Groups/.search", refused),
        get("/Me", refused));
  }
}

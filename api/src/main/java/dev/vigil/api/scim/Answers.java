// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import dev.vigil.admission.StrictJson;
import dev.vigil.admission.provisioning.Query;
import dev.vigil.admission.provisioning.Resource;
import dev.vigil.admission.provisioning.Shape;
import dev.vigil.api.http.Response;
import dev.vigil.identity.scim.Schema;
import dev.vigil.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Answers as `application/scim+json`.
final class Answers {

  private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

  private Answers() {}

  static Response json(int status, JsonNode json) {
    return new Response.Content(
        status,
        "application/scim+json",
        Bytes.of(StrictJson.write(json).getBytes(StandardCharsets.UTF_8)),
        Map.of());
  }

  static Response resource(int status, Schema.Kind kind, Resource resource, Shape shape) {
    return json(status, shape.of(kind, resource.json()))
        .with("ETag", resource.version())
        .with("Location", resource.json().path("meta").path("location").asString(""));
  }

  /// 304: the provider has this version already.
  static Response unchanged(Resource resource) {
    return new Response.Content(304, "", Bytes.of(new byte[0]), Map.of("ETag", resource.version()));
  }

  static Response page(Schema.Kind kind, Query.Page page, Shape shape) {
    return list(
        page.total(),
        page.start(),
        page.resources().stream().<JsonNode>map(one -> shape.of(kind, one.json())).toList());
  }

  static Response list(int total, int start, List<? extends JsonNode> resources) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(LIST);
    json.put("totalResults", total).put("startIndex", start).put("itemsPerPage", resources.size());
    var array = json.putArray("Resources");
    resources.forEach(array::add);
    return json(200, json);
  }
}

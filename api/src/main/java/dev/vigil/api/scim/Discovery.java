// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.scim;

import dev.vigil.admission.provisioning.Query;
import dev.vigil.identity.scim.Attribute;
import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.Schema;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the server can do, as it says itself (RFC 7643 sections 5 to 7).
final class Discovery {

  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  private Discovery() {}

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode configuration(String base) {
    var json = object();
    json.putArray("schemas").add(CORE + "ServiceProviderConfig");
    json.putObject("patch").put("supported", true);
    json.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
    json.putObject("filter").put("supported", true).put("maxResults", Query.MOST);
    json.putObject("changePassword").put("supported", false);
    json.putObject("sort").put("supported", false);
    json.putObject("etag").put("supported", true);
    json.putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put("description", "a token made by `vigil provisioning add` or `rotate`")
        .put("specUri", "https://www.rfc-editor.org/rfc/rfc6750")
        .put("primary", true);
    meta(json, "ServiceProviderConfig", base + "/ServiceProviderConfig");
    return json;
  }

  private static void meta(ObjectNode json, String type, String location) {
    json.putObject("meta").put("resourceType", type).put("location", location);
  }

  static List<ObjectNode> resourceTypes(String base) {
    return Stream.of(Schema.Kind.values()).map(kind -> resourceType(kind, base)).toList();
  }

  private static ObjectNode resourceType(Schema.Kind kind, String base) {
    var json = object();
    json.putArray("schemas").add(CORE + "ResourceType");
    String name = kind.core().name();
    json.put("id", name).put("name", name).put("endpoint", kind.endpoint());
    json.put("description", kind.core().description()).put("schema", kind.core().urn());
    if (!kind.extensions().isEmpty()) {
      var extensions = json.putArray("schemaExtensions");
      kind.extensions()
          .forEach(one -> extensions.addObject().put("schema", one.urn()).put("required", false));
    }
    meta(json, "ResourceType", base + "/ResourceTypes/" + name);
    return json;
  }

  static List<ObjectNode> schemas(String base) {
    return Stream.of(Schema.USER, Schema.ENTERPRISE, Schema.GROUP)
        .map(schema -> schema(schema, base))
        .toList();
  }

  private static ObjectNode schema(Schema schema, String base) {
    var json = object();
    json.putArray("schemas").add(CORE + "Schema");
    json.put("id", schema.urn()).put("name", schema.name());
    json.put("description", schema.description());
    var attributes = json.putArray("attributes");
    schema.attributes().forEach(one -> attributes.add(attribute(one)));
    meta(json, "Schema", base + "/Schemas/" + schema.urn());
    return json;
  }

  private static ObjectNode attribute(Attribute attribute) {
    var json = object();
    json.put("name", attribute.name()).put("type", attribute.form().type());
    json.put("multiValued", attribute.form().many()).put("description", attribute.description());
    json.put("required", attribute.is(Trait.REQUIRED));
    json.put("caseExact", attribute.is(Trait.CASE_EXACT));
    json.put(
        "mutability",
        attribute.is(Trait.READ_ONLY)
            ? "readOnly"
            : attribute.is(Trait.IMMUTABLE) ? "immutable" : "readWrite");
    json.put("returned", attribute.is(Trait.ALWAYS) ? "always" : "default");
    json.put("uniqueness", attribute.is(Trait.UNIQUE) ? "server" : "none");
    if (attribute.form() == Attribute.Form.REFERENCE)
      json.putArray("referenceTypes").add(attribute.name().equals("$ref") ? "User" : "external");
    if (!attribute.parts().isEmpty()) {
      var parts = json.putArray("subAttributes");
      attribute.parts().forEach(part -> parts.add(attribute(part)));
    }
    return json;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.AttributePath;
import dev.vigil.identity.scim.FilterParser;
import dev.vigil.identity.scim.PatchPath;
import dev.vigil.identity.scim.Schema;
import dev.vigil.kernel.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which attributes of a resource are answered (RFC 7644 section 3.9): those asked for, or all but
/// those left out. `id` and `schemas` always are. Names that are not known here are passed over.
public record Shape(List<String> only, List<String> without) {

  private static final int MOST = 100;

  public Shape {
    only = List.copyOf(only);
    without = List.copyOf(without);
  }

  /// The shape that the parameters `attributes` and `excludedAttributes` ask for.
  public static Shape of(String attributes, String excluded) {
    return new Shape(names(attributes), names(excluded));
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", MOST + 1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .limit(MOST)
        .toList();
  }

  /// The resource in this shape.
  public ObjectNode of(Schema.Kind kind, ObjectNode resource) {
    if (!only.isEmpty()) return chosen(kind, resource);
    if (without.isEmpty()) return resource;
    var shown = resource.deepCopy();
    without.forEach(name -> remove(kind, shown, name));
    return shown;
  }

  private ObjectNode chosen(Schema.Kind kind, ObjectNode resource) {
    var shown = JsonNodeFactory.instance.objectNode();
    for (var always : List.of("schemas", "id"))
      Optional.ofNullable(resource.get(always)).ifPresent(value -> shown.set(always, value));
    only.forEach(name -> copy(kind, resource, shown, name));
    return shown;
  }

  private static Optional<Schema> extension(Schema.Kind kind, String name) {
    return kind.extensions().stream().filter(one -> one.urn().equalsIgnoreCase(name)).findFirst();
  }

  private static Optional<AttributePath> path(String name) {
    return FilterParser.path(name) instanceof Outcome.Done<PatchPath>(PatchPath path)
            && path.values().isEmpty()
        ? Optional.of(path.attribute())
        : Optional.empty();
  }

  private static void copy(Schema.Kind kind, ObjectNode from, ObjectNode to, String name) {
    var whole = extension(kind, name);
    if (whole.isPresent()) {
      Optional.ofNullable(from.get(whole.get().urn()))
          .ifPresent(all -> to.set(whole.get().urn(), all));
      return;
    }
    path(name)
        .ifPresent(path ->
            kind.find(path)
                .ifPresent(found -> {
                  String attribute = found.attribute().name();
                  var value =
                      found.extension().map(urn -> from.path(urn)).orElse(from).path(attribute);
                  if (value.isMissingNode()) return;
                  var holder =
                      found
                          .extension()
                          .map(urn ->
                              to.get(urn) instanceof ObjectNode there ? there : to.putObject(urn))
                          .orElse(to);
                  holder.set(
                      attribute, path.sub().map(sub -> part(value, found, sub)).orElse(value));
                }));
  }

  private static JsonNode part(JsonNode value, Schema.Found found, String sub) {
    var name = found.attribute().part(sub).map(part -> part.name()).orElse(sub);
    if (value.isArray()) {
      var elements = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> elements.add(part(element, found, sub)));
      return elements;
    }
    var only = JsonNodeFactory.instance.objectNode();
    Optional.ofNullable(value.get(name)).ifPresent(one -> only.set(name, one));
    return only;
  }

  private static void remove(Schema.Kind kind, ObjectNode shown, String name) {
    var whole = extension(kind, name);
    if (whole.isPresent()) {
      shown.remove(whole.get().urn());
      return;
    }
    path(name)
        .ifPresent(path ->
            kind.find(path)
                .filter(found -> !found.attribute().is(Trait.ALWAYS))
                .ifPresent(found -> {
                  var holder =
                      found.extension().<JsonNode>map(urn -> shown.path(urn)).orElse(shown);
                  if (!(holder instanceof ObjectNode there)) return;
                  if (path.sub().isEmpty()) there.remove(found.attribute().name());
                  else drop(there.path(found.attribute().name()), path.sub().get());
                }));
  }

  private static void drop(JsonNode value, String sub) {
    var nodes = new ArrayList<JsonNode>();
    if (value.isArray()) value.forEach(nodes::add);
    else nodes.add(value);
    nodes.forEach(node -> {
      if (node instanceof ObjectNode object) object.remove(sub);
    });
  }
}

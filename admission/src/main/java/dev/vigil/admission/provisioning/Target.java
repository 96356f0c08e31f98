// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.MUTABILITY;
import static dev.vigil.identity.scim.ScimRefusal.NO_TARGET;
import static dev.vigil.identity.scim.ScimRefusal.PATH;

import dev.vigil.admission.PlainText;
import dev.vigil.admission.provisioning.Patches.Op;
import dev.vigil.identity.scim.Attribute;
import dev.vigil.identity.scim.Attribute.Form;
import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.Filter;
import dev.vigil.identity.scim.Literal;
import dev.vigil.identity.scim.PatchPath;
import dev.vigil.identity.scim.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The place in a resource's attributes that one PATCH operation changes.
final class Target {

  private final ObjectNode attributes;
  private final Schema.Found found;
  private final Attribute attribute;
  private final PatchPath path;

  Target(ObjectNode attributes, Schema.Found found, PatchPath path) {
    this.attributes = attributes;
    this.found = found;
    this.attribute = found.attribute();
    this.path = path;
  }

  void apply(Op op, JsonNode value) {
    var part = path.part().map(this::part);
    if (path.values().isPresent()) {
      if (!attribute.form().many())
        throw new Unfit(PATH, "`" + attribute.name() + "` has one value only");
      some(op, path.values().get(), part, value);
    } else if (attribute.form().many()) {
      if (part.isPresent()) set(everyPart(op, part.get(), value));
      else all(op, value);
    } else if (part.isPresent()) {
      onePart(op, part.get(), value);
    } else {
      one(op, value);
    }
    if (attribute.is(Trait.REQUIRED) && current().isMissingNode())
      throw new Unfit(MUTABILITY, "`" + attribute.name() + "` cannot be taken away");
  }

  private Attribute part(String name) {
    var part =
        attribute
            .part(name)
            .orElseThrow(() -> new Unfit(PATH, PlainText.shown(name) + " is not known here"));
    if (part.is(Trait.READ_ONLY))
      throw new Unfit(MUTABILITY, "`" + part.name() + "` is Vigil's own");
    return part;
  }

  private JsonNode current() {
    return found
        .extension()
        .map(urn -> attributes.path(urn).path(attribute.name()))
        .orElseGet(() -> attributes.path(attribute.name()));
  }

  private void set(JsonNode value) {
    if (found.extension().isEmpty()) {
      Intake.put(attributes, attribute.name(), value);
      return;
    }
    String urn = found.extension().get();
    var holder =
        attributes.get(urn) instanceof ObjectNode there
            ? there
            : JsonNodeFactory.instance.objectNode();
    Intake.put(holder, attribute.name(), value);
    Intake.put(attributes, urn, holder.isEmpty() ? MissingNode.getInstance() : holder);
  }

  private void one(Op op, JsonNode value) {
    if (op == Op.REMOVE) {
      set(MissingNode.getInstance());
      return;
    }
    var fit = Intake.value(attribute, value);
    set(
        attribute.form() == Form.COMPLEX
                && value.isObject()
                && current() instanceof ObjectNode before
            ? merged(before, value)
            : fit);
  }

  /// Replaces the sub-attributes that were sent, and keeps the others (RFC 7644 section 3.5.2.3).
  private JsonNode merged(ObjectNode before, JsonNode sent) {
    var after = before.deepCopy();
    sent.properties()
        .forEach(one ->
            attribute
                .part(one.getKey())
                .filter(part -> !part.is(Trait.READ_ONLY))
                .ifPresent(
                    part -> Intake.put(after, part.name(), Intake.value(part, one.getValue()))));
    return after.isEmpty() ? MissingNode.getInstance() : after;
  }

  private void onePart(Op op, Attribute part, JsonNode value) {
    var after =
        current() instanceof ObjectNode before
            ? before.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    Intake.put(
        after,
        part.name(),
        op == Op.REMOVE ? MissingNode.getInstance() : Intake.value(part, value));
    set(after.isEmpty() ? MissingNode.getInstance() : after);
  }

  private JsonNode everyPart(Op op, Attribute part, JsonNode value) {
    var elements = elements();
    if (elements.isEmpty() && op != Op.REMOVE)
      throw new Unfit(NO_TARGET, "`" + attribute.name() + "` has no value yet");
    elements.forEach(element ->
        Intake.put(
            element,
            part.name(),
            op == Op.REMOVE ? MissingNode.getInstance() : Intake.value(part, value)));
    return array(elements);
  }

  private void all(Op op, JsonNode value) {
    switch (op) {
      case REPLACE -> set(onePrimary(Intake.value(attribute, value), List.of()));
      case ADD -> add(Intake.value(attribute, value));
      case REMOVE -> remove(value);
    }
  }

  private void add(JsonNode more) {
    if (more.isMissingNode()) return;
    var elements = new ArrayList<JsonNode>();
    current().forEach(elements::add);
    var known = new HashSet<>(elements);
    var added = new ArrayList<JsonNode>();
    more.forEach(element -> {
      if (known.add(element)) added.add(element);
    });
    elements.addAll(added);
    set(onePrimary(array(elements), added));
  }

  /// All values; or those that were sent, found by their `value`, as Entra asks for members.
  private void remove(JsonNode value) {
    if (value.isMissingNode()) {
      set(MissingNode.getInstance());
      return;
    }
    var out = new HashSet<JsonNode>();
    Intake.value(attribute, value).forEach(element -> out.add(element.path("value")));
    set(
        array(
            elements().stream().filter(element -> !out.contains(element.path("value"))).toList()));
  }

  private void some(Op op, Filter filter, Optional<Attribute> part, JsonNode value) {
    var elements = new ArrayList<>(elements());
    var chosen =
        elements.stream().filter(element -> Matching.of(attribute, element, filter)).toList();
    if (op == Op.REMOVE) {
      if (part.isEmpty()) elements.removeIf(element -> Matching.of(attribute, element, filter));
      else chosen.forEach(element -> element.remove(part.get().name()));
      set(array(elements));
      return;
    }
    var changed = chosen.isEmpty() ? List.of(made(filter)) : chosen;
    if (chosen.isEmpty()) elements.addAll(changed);
    changed.forEach(element -> change(element, part, value));
    set(onePrimary(array(elements), changed));
  }

  private void change(ObjectNode element, Optional<Attribute> part, JsonNode value) {
    if (part.isPresent()) {
      Intake.put(element, part.get().name(), Intake.value(part.get(), value));
    } else {
      var fit = Intake.value(attribute, value);
      if (!fit.isArray() || fit.size() != 1) throw Intake.unfit(attribute.name(), "one object");
      fit.get(0).properties().forEach(one -> element.set(one.getKey(), one.getValue()));
    }
  }

  /// A new value with what the filter says it equals: Entra replaces `emails[type eq "work"].value`
  /// of people who have none.
  private ObjectNode made(Filter filter) {
    var element = JsonNodeFactory.instance.objectNode();
    fill(element, filter);
    return element;
  }

  private void fill(ObjectNode element, Filter filter) {
    switch (filter) {
      case Filter.And(Filter left, Filter right) -> {
        fill(element, left);
        fill(element, right);
      }
      case Filter.Compare(var name, var operator, var literal)
          when operator == Filter.Operator.EQ && name.sub().isEmpty() -> {
        var part = part(name.name());
        Intake.put(element, part.name(), Intake.value(part, node(literal)));
      }
      case Filter.Compare _, Filter.Or _, Filter.Not _, Filter.Present _, Filter.OneOf _ ->
          throw new Unfit(NO_TARGET, "no value of `" + attribute.name() + "` matches");
    }
  }

  private static JsonNode node(Literal literal) {
    return switch (literal) {
      case Literal.Text(String text) -> StringNode.valueOf(text);
      case Literal.Flag(boolean flag) -> BooleanNode.valueOf(flag);
      case Literal.Decimal(var number) -> StringNode.valueOf(number.toPlainString());
      case Literal.Nothing _ -> MissingNode.getInstance();
    };
  }

  /// Copies, so that an operation that fails half-way has changed nothing.
  private List<ObjectNode> elements() {
    return current()
        .valueStream()
        .filter(JsonNode::isObject)
        .map(element -> ((ObjectNode) element).deepCopy())
        .toList();
  }

  private JsonNode array(List<? extends JsonNode> elements) {
    var full = elements.stream().filter(element -> !element.isEmpty()).toList();
    if (!attribute.name().equals("members")) Intake.limit(attribute, full.size());
    var array = JsonNodeFactory.instance.arrayNode();
    full.forEach(array::add);
    return array.isEmpty() ? MissingNode.getInstance() : array;
  }

  /// The value that was made the preferred one last is the only one (RFC 7644 section 3.5.2).
  private static JsonNode onePrimary(JsonNode values, List<? extends JsonNode> changed) {
    if (!(values instanceof ArrayNode array)) return values;
    var preferred = changed.stream().filter(one -> one.path("primary").asBoolean(false)).toList();
    if (preferred.isEmpty()) return values;
    int last = array.valueStream().toList().lastIndexOf(preferred.getLast());
    for (int i = 0; i < array.size(); i++)
      if (i != last
          && array.get(i) instanceof ObjectNode element
          && element.path("primary").asBoolean(false))
        array.set(i, element.deepCopy().put("primary", false));
    return array;
  }
}

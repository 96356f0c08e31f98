// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.TOO_MANY_VALUES;
import static dev.vigil.identity.scim.ScimRefusal.VALUE;

import dev.vigil.admission.PlainText;
import dev.vigil.identity.scim.Attribute;
import dev.vigil.identity.scim.Attribute.Form;
import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes of what was sent the attributes that are kept: known ones in their canonical spelling,
/// with values of their type, within limits. What is read-only, unknown or a password is left out
/// (RFC 7644 sections 3.3 and 3.5.1).
final class Intake {

  static final int MOST_VALUES = 50;
  static final int MOST_MEMBERS = 2_000;
  private static final int LONGEST = 4_096;

  private Intake() {}

  /// The attributes of a whole resource.
  ///
  /// @throws Unfit if one has a value that does not fit
  static ObjectNode whole(Schema.Kind kind, ObjectNode sent) {
    var kept = JsonNodeFactory.instance.objectNode();
    sent.properties()
        .forEach(one -> {
          kind.extensions().stream()
              .filter(schema -> schema.urn().equalsIgnoreCase(one.getKey()))
              .findFirst()
              .ifPresentOrElse(
                  schema -> put(kept, schema.urn(), extension(schema, one.getValue())),
                  () -> core(kind, kept, one.getKey(), one.getValue()));
        });
    return kept;
  }

  private static void core(Schema.Kind kind, ObjectNode kept, String name, JsonNode value) {
    for (var schema : List.of(Schema.COMMON, kind.core()))
      for (var attribute : schema.attributes())
        if (attribute.name().equalsIgnoreCase(name) && !attribute.is(Trait.READ_ONLY))
          put(kept, attribute.name(), value(attribute, value));
  }

  /// The attributes of an extension's object; missing if there are none.
  static JsonNode extension(Schema schema, JsonNode sent) {
    if (none(sent)) return MissingNode.getInstance();
    if (!sent.isObject()) throw unfit(schema.name(), "an object");
    var kept = JsonNodeFactory.instance.objectNode();
    sent.properties()
        .forEach(one ->
            schema.attributes().stream()
                .filter(attribute -> attribute.name().equalsIgnoreCase(one.getKey()))
                .forEach(
                    attribute -> put(kept, attribute.name(), value(attribute, one.getValue()))));
    return kept.isEmpty() ? MissingNode.getInstance() : kept;
  }

  /// Sets a member, or removes it if the value is missing.
  static void put(ObjectNode object, String name, JsonNode value) {
    if (value.isMissingNode()) object.remove(name);
    else object.set(name, value);
  }

  /// Whether nothing was sent: `null`, an empty array, an empty text.
  static boolean none(JsonNode sent) {
    return sent.isMissingNode()
        || sent.isNull()
        || (sent.isArray() && sent.isEmpty())
        || (sent.isString() && sent.asString().isEmpty());
  }

  /// The value of an attribute as it is kept; missing if none was sent.
  static JsonNode value(Attribute attribute, JsonNode sent) {
    if (none(sent)) return MissingNode.getInstance();
    return switch (attribute.form()) {
      case TEXT, REFERENCE, TIME -> text(attribute, sent);
      case FLAG -> flag(attribute, sent);
      case COMPLEX -> complex(attribute, sent.isArray() ? only(attribute, sent) : sent);
      case TEXTS, COMPLEXES -> many(attribute, sent);
    };
  }

  private static JsonNode only(Attribute attribute, JsonNode sent) {
    if (sent.size() != 1) throw unfit(attribute.name(), "one object");
    return sent.get(0);
  }

  private static JsonNode text(Attribute attribute, JsonNode sent) {
    if (!sent.isString() && !sent.isNumber()) throw unfit(attribute.name(), "a text");
    String text = sent.asString();
    if (text.length() > LONGEST)
      throw unfit(attribute.name(), "a text of at most " + LONGEST + " characters");
    boolean plain =
        text.codePoints()
            .noneMatch(c ->
                (c < ' ' && c != '\n' && c != '\r' && c != '\t')
                    || c == 0x7f
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (!plain) throw unfit(attribute.name(), "a text without control characters");
    return StringNode.valueOf(text);
  }

  /// Entra sends booleans as the texts `"True"` and `"False"` unless told otherwise
  /// (learn.microsoft.com, "Known issues and resolutions with SCIM 2.0 protocol compliance").
  private static JsonNode flag(Attribute attribute, JsonNode sent) {
    if (sent.isBoolean()) return sent;
    String text = sent.isString() ? sent.asString().toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> throw unfit(attribute.name(), "true or false");
    };
  }

  private static JsonNode complex(Attribute attribute, JsonNode sent) {
    var kept = JsonNodeFactory.instance.objectNode();
    if (sent.isString() || sent.isNumber()) {
      var value = attribute.part("value").orElseThrow(() -> unfit(attribute.name(), "an object"));
      put(kept, value.name(), value(value, sent));
    } else if (sent.isObject()) {
      sent.properties()
          .forEach(one ->
              attribute
                  .part(one.getKey())
                  .filter(part -> !part.is(Trait.READ_ONLY))
                  .ifPresent(part -> put(kept, part.name(), value(part, one.getValue()))));
    } else {
      throw unfit(attribute.name(), "an object");
    }
    return kept.isEmpty() ? MissingNode.getInstance() : kept;
  }

  private static JsonNode many(Attribute attribute, JsonNode sent) {
    var elements = new ArrayList<JsonNode>();
    if (sent.isArray()) sent.forEach(elements::add);
    else elements.add(sent);
    limit(attribute, elements.size());
    var kept = JsonNodeFactory.instance.arrayNode();
    var seen = new java.util.HashSet<JsonNode>();
    for (var element : elements) {
      var value =
          attribute.form() == Form.TEXTS
              ? text(attribute, element)
              : complex(attribute, element.isNull() ? MissingNode.getInstance() : element);
      if (!value.isMissingNode() && seen.add(value)) kept.add(value);
    }
    return kept.isEmpty() ? MissingNode.getInstance() : kept;
  }

  static void limit(Attribute attribute, int values) {
    int most = attribute.name().equals("members") ? MOST_MEMBERS : MOST_VALUES;
    if (values > most)
      throw new Unfit(
          TOO_MANY_VALUES, "`" + attribute.name() + "` has " + values + " values, at most " + most);
  }

  static Unfit unfit(String name, String wanted) {
    return new Unfit(VALUE, PlainText.shown(name) + " must be " + wanted);
  }
}

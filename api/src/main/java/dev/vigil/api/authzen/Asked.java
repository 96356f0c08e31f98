// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One evaluation as it was asked for (Authorization API 1.0 section 5). What is not known here is
/// ignored, as section 10.1.1 demands; what is known must have its form.
record Asked(Party subject, Verb action, Party resource, ObjectNode context) {

  private static final int LONGEST_TYPE = 128;
  private static final int LONGEST_ID = 1024;

  /// A subject or resource.
  ///
  /// @param id scoped to the type; empty in a search for it
  /// @param properties empty if there are none
  record Party(String type, String id, ObjectNode properties) {

    /// The same with another id.
    Party identified(String other) {
      return new Party(type, other, properties);
    }
  }

  /// An action.
  record Verb(String name, ObjectNode properties) {}

  /// Which parts a request must have.
  enum Form {
    EVALUATION,
    SUBJECT_SEARCH,
    RESOURCE_SEARCH,
    ACTION_SEARCH
  }

  /// The evaluation in an object, with defaults for what it leaves out.
  ///
  /// @throws Unanswerable if it is not one
  static Asked of(ObjectNode object, ObjectNode defaults, Form form) {
    var verb =
        form == Form.ACTION_SEARCH
            ? new Verb("", JsonNodeFactory.instance.objectNode())
            : verb(part("action", object, defaults));
    return new Asked(
        party("subject", part("subject", object, defaults), form != Form.SUBJECT_SEARCH),
        verb,
        party("resource", part("resource", object, defaults), form != Form.RESOURCE_SEARCH),
        optional("context", part("context", object, defaults)));
  }

  private static JsonNode part(String name, ObjectNode object, ObjectNode defaults) {
    var own = object.path(name);
    return own.isMissingNode() || own.isNull() ? defaults.path(name) : own;
  }

  private static Party party(String name, JsonNode node, boolean identified) {
    var object = required(name, node);
    return new Party(
        text(name + ".type", object.path("type"), LONGEST_TYPE),
        identified ? text(name + ".id", object.path("id"), LONGEST_ID) : "",
        optional(name + ".properties", object.path("properties")));
  }

  private static Verb verb(JsonNode node) {
    var object = required("action", node);
    return new Verb(
        text("action.name", object.path("name"), LONGEST_TYPE),
        optional("action.properties", object.path("properties")));
  }

  private static ObjectNode required(String name, JsonNode node) {
    if (node instanceof ObjectNode object) return object;
    throw new Unanswerable(AuthzenRefusal.MEMBER, "`" + name + "` must be an object");
  }

  /// An object that may be missing.
  static ObjectNode optional(String name, JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? JsonNodeFactory.instance.objectNode()
        : required(name, node);
  }

  private static String text(String name, JsonNode node, int most) {
    if (node.isString() && !node.asString().isEmpty() && fits(node.asString(), most))
      return node.asString();
    throw new Unanswerable(
        AuthzenRefusal.MEMBER, "`" + name + "` must be a text of 1 to " + most + " characters");
  }

  /// Whether a text is short enough and holds neither control characters nor half a character.
  static boolean fits(String text, int most) {
    return text.length() <= most
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission.provisioning;

import static dev.vigil.identity.scim.ScimRefusal.MUTABILITY;
import static dev.vigil.identity.scim.ScimRefusal.NO_TARGET;
import static dev.vigil.identity.scim.ScimRefusal.PATH;
import static dev.vigil.identity.scim.ScimRefusal.SYNTAX;
import static dev.vigil.identity.scim.ScimRefusal.TOO_MANY_VALUES;
import static dev.vigil.identity.scim.ScimRefusal.VALUE;

import dev.vigil.admission.PlainText;
import dev.vigil.identity.scim.Attribute.Trait;
import dev.vigil.identity.scim.FilterParser;
import dev.vigil.identity.scim.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// The operations of a PATCH (RFC 7644 section 3.5.2), also in the shapes that are really sent:
///
/// - `op` in any case (`"Add"`), `"active": "False"`, members to remove as an array of values, a
///   path-less value with dotted and URN-prefixed keys, a filtered path whose value is not there
///   yet: Microsoft Entra ID, before and with its flag `aadOptscim062020` (learn.microsoft.com,
///   "Known issues and resolutions with SCIM 2.0 protocol compliance of the Microsoft Entra user
///   provisioning service"; "Develop and plan provisioning for a SCIM endpoint"); `emails[type eq
///   "work"].value` as a key (github.com/Captain-P-Goldfish/SCIM-SDK issue 416).
/// - `{"op": "replace", "value": {"active": false}}`, `members` replaced whole, a group's `id`
///   beside its new name: Okta (developer.okta.com, "Okta and SCIM Version 2.0").
final class Patches {

  private static final int MOST = 100;
  private static final String MESSAGE = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private Patches() {}

  enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  /// One operation as it was sent.
  record Operation(Op op, Optional<String> path, JsonNode value) {}

  /// @throws Unfit if it is no PATCH message
  static List<Operation> read(ObjectNode message) {
    boolean meant =
        message
            .path("schemas")
            .valueStream()
            .anyMatch(urn -> urn.asString("").equalsIgnoreCase(MESSAGE));
    if (!meant) throw new Unfit(SYNTAX, "`schemas` does not hold `" + MESSAGE + "`");
    var sent = message.path("Operations");
    if (!sent.isArray() || sent.isEmpty()) throw new Unfit(SYNTAX, "`Operations` must be an array");
    if (sent.size() > MOST)
      throw new Unfit(TOO_MANY_VALUES, sent.size() + " operations, at most " + MOST);
    var operations = new ArrayList<Operation>();
    sent.forEach(one -> operations.add(operation(one)));
    return operations;
  }

  private static Operation operation(JsonNode sent) {
    if (!sent.isObject()) throw new Unfit(SYNTAX, "an operation must be an object");
    var path = sent.path("path");
    if (!path.isMissingNode() && !path.isNull() && !path.isString())
      throw new Unfit(PATH, "`path` must be a text");
    String typed = sent.path("op").asString("");
    var op =
        switch (typed.toLowerCase(Locale.ROOT)) {
          case "add" -> Op.ADD;
          case "replace" -> Op.REPLACE;
          case "remove" -> Op.REMOVE;
          default ->
              throw new Unfit(
                  SYNTAX, "`op` is " + PlainText.shown(typed) + ", known are add, remove, replace");
        };
    return new Operation(
        op, path.isString() ? Optional.of(path.asString()) : Optional.empty(), sent.path("value"));
  }

  /// Applies all operations to the attributes, or none.
  ///
  /// @throws Unfit at the first that cannot be applied; the attributes are then of no use
  static void apply(Schema.Kind kind, ObjectNode attributes, List<Operation> operations) {
    for (var operation : operations)
      operation
          .path()
          .ifPresentOrElse(
              path -> at(kind, attributes, operation, path),
              () -> whole(kind, attributes, operation));
  }

  private static void whole(Schema.Kind kind, ObjectNode attributes, Operation operation) {
    if (operation.op() == Op.REMOVE) throw new Unfit(NO_TARGET, "`remove` needs a `path`");
    if (!operation.value().isObject())
      throw new Unfit(VALUE, "without a `path`, `value` must be an object of attributes");
    operation
        .value()
        .properties()
        .forEach(one -> member(kind, attributes, operation.op(), one.getKey(), one.getValue()));
  }

  /// A key that is no known attribute is left out, as in a whole resource; what is ours to say is
  /// left out too, because Okta sends a group's `id` here.
  private static void member(
      Schema.Kind kind, ObjectNode attributes, Op op, String key, JsonNode value) {
    var extension =
        kind.extensions().stream().filter(schema -> schema.urn().equalsIgnoreCase(key)).findFirst();
    if (extension.isPresent()) {
      extension(attributes, extension.get(), value, op);
      return;
    }
    if (key.equalsIgnoreCase("password")) throw passwords();
    if (!(FilterParser.path(key)
        instanceof dev.vigil.kernel.Outcome.Done<dev.vigil.identity.scim.PatchPath>(var path)))
      return;
    kind.find(path.attribute())
        .filter(found -> !found.attribute().is(Trait.READ_ONLY))
        .ifPresent(found -> new Target(attributes, found, path).apply(op, value));
  }

  private static void extension(ObjectNode attributes, Schema schema, JsonNode value, Op op) {
    if (!value.isObject()) throw Intake.unfit(schema.urn(), "an object");
    value
        .properties()
        .forEach(one ->
            FilterParser.path(schema.urn() + ":" + one.getKey())
                .map(path ->
                    Schema.Kind.USER
                        .find(path.attribute())
                        .map(found -> {
                          new Target(attributes, found, path).apply(op, one.getValue());
                          return found;
                        })));
  }

  private static void at(
      Schema.Kind kind, ObjectNode attributes, Operation operation, String typed) {
    var extension =
        kind.extensions().stream()
            .filter(schema -> schema.urn().equalsIgnoreCase(typed))
            .findFirst();
    if (extension.isPresent()) {
      if (operation.op() == Op.REMOVE) attributes.remove(extension.get().urn());
      else extension(attributes, extension.get(), operation.value(), operation.op());
      return;
    }
    if (typed.equalsIgnoreCase("password")) throw passwords();
    var path = Unfit.unless(FilterParser.path(typed));
    var found =
        kind.find(path.attribute())
            .orElseThrow(() -> new Unfit(PATH, PlainText.shown(typed) + " is not known here"));
    if (found.attribute().is(Trait.READ_ONLY))
      throw new Unfit(MUTABILITY, PlainText.shown(typed) + " is Vigil's own");
    if (operation.op() != Op.REMOVE && operation.value().isMissingNode())
      throw new Unfit(VALUE, "`value` is missing");
    new Target(attributes, found, path)
        .apply(
            operation.op(),
            operation.op() == Op.REMOVE && operation.value().isMissingNode()
                ? MissingNode.getInstance()
                : operation.value());
  }

  private static Unfit passwords() {
    return new Unfit(MUTABILITY, "there are no passwords in Vigil; turn password sync off");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Given;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Collects what an enforcement point says of a request as facts of the schema. The first word
/// about a fact counts; names that the schema does not have, or that an enforcement point may not
/// say, are ignored.
final class Said {

  private static final int MOST_CHARACTERS = 12 * 1024;
  private static final List<Entity> IN_CONTEXT =
      List.of(Entity.CONNECTION, Entity.NETWORK, Entity.DEVICE, Entity.REQUEST);

  private final FactsSchema schema;
  private final Map<Fact, Object> facts = new LinkedHashMap<>();

  /// @param schema of the policies that will decide, with their attributes
  Said(FactsSchema schema) {
    this.schema = schema;
  }

  /// A standard fact whose value is a text that is known to fit.
  Said put(String qualifiedName, String text) {
    schema.find(qualifiedName).ifPresent(fact -> facts.putIfAbsent(fact, text));
    return this;
  }

  /// The members of an object as attributes of an entity: `department` becomes
  /// `subject.attributes.department`, and `ownerID` becomes `app.attributes.owner_id`.
  ///
  /// @param place of the object, for refusals
  Said attributes(Entity entity, String place, ObjectNode properties) {
    for (var one : properties.properties())
      attribute(entity, one.getKey()).ifPresent(fact -> put(fact, place, one));
    return this;
  }

  private Optional<Fact> attribute(Entity entity, String name) {
    String snake =
        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
    return schema.find(entity.prefix() + ".attributes." + snake).filter(Fact::isAttribute);
  }

  /// The facts that a context says by entity: `{"network": {"address": "192.0.2.1"}}`.
  Said context(ObjectNode context) {
    for (Entity entity : IN_CONTEXT)
      if (context.path(entity.prefix()) instanceof ObjectNode said)
        for (var one : said.properties())
          schema
              .find(entity.prefix() + "." + one.getKey())
              .ifPresent(fact -> put(fact, "context." + entity.prefix(), one));
    return this;
  }

  /// One fact that a property of another name says.
  Said property(String qualifiedName, String place, ObjectNode properties, String name) {
    var value = properties.path(name);
    if (!value.isMissingNode())
      schema.find(qualifiedName).ifPresent(fact -> put(fact, place, Map.entry(name, value)));
    return this;
  }

  private void put(Fact fact, String place, Map.Entry<String, JsonNode> one) {
    if (!Given.sayable(fact) || one.getValue().isNull()) return;
    var value = FactJson.value(fact, one.getValue());
    if (value.isEmpty())
      throw new Unanswerable(
          AuthzenRefusal.MEMBER,
          "`" + place + "." + one.getKey() + "` is no value of `" + fact.qualifiedName() + "`");
    facts.putIfAbsent(fact, value.get());
  }

  /// All of it.
  ///
  /// @throws Unanswerable if it is more than a record of it could hold
  Given given() {
    long characters =
        facts.values().stream().mapToLong(value -> String.valueOf(value).length()).sum();
    if (characters > MOST_CHARACTERS)
      throw new Unanswerable(
          AuthzenRefusal.TOO_MUCH, "at most " + MOST_CHARACTERS + " characters of facts");
    return new Given(facts);
  }
}

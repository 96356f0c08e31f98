// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.access.Given;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import java.util.LinkedHashMap;
import java.util.List;
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

  private final Map<String, Object> facts = new LinkedHashMap<>();

  /// A fact whose value is known to fit.
  Said put(String qualifiedName, String text) {
    facts.putIfAbsent(qualifiedName, text);
    return this;
  }

  /// The members of an object as custom attributes of an entity: `department` becomes
  /// `subject.attributes.department`.
  ///
  /// @param place of the object, for refusals
  Said attributes(Entity entity, String place, ObjectNode properties) {
    for (var one : properties.properties())
      attribute(entity, one.getKey()).ifPresent(fact -> put(fact, place, one));
    return this;
  }

  private static Optional<Fact> attribute(Entity entity, String name) {
    return FactsSchema.standard().find(entity.prefix() + ".attributes." + name);
  }

  /// The facts that a context says by entity: `{"network": {"address": "192.0.2.1"}}`.
  Said context(ObjectNode context) {
    for (Entity entity : IN_CONTEXT)
      if (context.path(entity.prefix()) instanceof ObjectNode said)
        for (var one : said.properties())
          FactsSchema.standard()
              .find(entity.prefix() + "." + one.getKey())
              .ifPresent(fact -> put(fact, "context." + entity.prefix(), one));
    return this;
  }

  /// One fact that a property of another name says.
  Said property(String qualifiedName, String place, ObjectNode properties, String name) {
    var value = properties.path(name);
    if (!value.isMissingNode())
      FactsSchema.standard()
          .find(qualifiedName)
          .ifPresent(fact -> put(fact, place, Map.entry(name, value)));
    return this;
  }

  private void put(Fact fact, String place, Map.Entry<String, JsonNode> one) {
    if (!Given.sayable(fact) || one.getValue().isNull()) return;
    var value =
        FactJson.value(fact, one.getValue())
            .orElseThrow(() ->
                new Unanswerable(
                    AuthzenRefusal.MEMBER,
                    "`" + place + "." + one.getKey() + "` is no value of `" + fact.qualifiedName()
                        + "`"));
    facts.putIfAbsent(fact.qualifiedName(), value);
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

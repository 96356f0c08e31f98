// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Facts as JSON and back, exactly: what is read decides as what was written did. A fact that the
/// schema has no longer is an error, never left out.
public final class FactsJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String ATTRIBUTES = "attributes";

  private FactsJson() {}

  /// The JSON that is kept with a change.
  public static String write(Facts facts) {
    var root = JSON.createObjectNode();
    root.put("entity", facts.entity().prefix())
        .put("id", facts.id())
        .put("version", facts.version());
    var all = root.putObject("facts");
    for (Fact fact : FactsSchema.standard().of(facts.entity())) {
      var value = facts.valueAt(fact.slot());
      var evidence = facts.evidenceAt(fact.slot());
      if (value == null || evidence == null) continue;
      put(all.putObject(fact.name()), value, evidence);
    }
    facts.attributes().stream()
        .sorted(Comparator.comparing(attribute -> attribute.fact().name()))
        .forEach(attribute -> put(root.withObject(ATTRIBUTES), attribute));
    return JSON.writeValueAsString(root);
  }

  private static void put(ObjectNode attributes, Facts.Attribute attribute) {
    var name = attribute.fact().name().substring(ATTRIBUTES.length() + 1);
    var one = attributes.putObject(name).put("type", word(attribute.fact().type()));
    put(one, attribute.value(), attribute.evidence());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void put(ObjectNode one, Object value, Evidence evidence) {
    put(one, value);
    one.put("tier", word(evidence.tier())).put("observed", evidence.observed().toString());
  }

  private static void put(ObjectNode one, Object value) {
    switch (value) {
      case Boolean flag -> one.put("value", flag);
      case Long number -> one.put("value", number);
      case List<?> words -> {
        ArrayNode array = one.putArray("value");
        words.forEach(word -> array.add(String.valueOf(word)));
      }
      case IpAddress address -> one.put("value", address.address().getHostAddress());
      default -> one.put("value", String.valueOf(value));
    }
  }

  /// The facts that the JSON holds.
  ///
  /// @throws IllegalArgumentException if it is not the JSON of facts of this schema
  public static Facts read(String json) {
    try {
      var root = JSON.readTree(json);
      var entity = Entity.valueOf(root.required("entity").asString().toUpperCase(Locale.ROOT));
      var facts =
          Facts.about(entity, root.required("id").asString(), root.required("version").asLong());
      for (var property : root.required("facts").properties())
        put(facts, entity.prefix() + "." + property.getKey(), property.getValue());
      for (var property : root.path(ATTRIBUTES).properties())
        put(facts, attribute(entity, property.getKey(), property.getValue()), property.getValue());
      return facts.build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("this is not the JSON of facts of this schema", e);
    }
  }

  private static void put(Facts.Builder facts, String name, JsonNode one) {
    var fact =
        FactsSchema.standard()
            .find(name)
            .orElseThrow(
                () -> new IllegalArgumentException("the facts schema has no `" + name + "`"));
    facts.put(name, value(fact, one.required("value")), evidence(one));
  }

  /// An attribute carries its type: which attributes there are is for the policies to say.
  private static Fact attribute(Entity entity, String name, JsonNode one) {
    var type = FactType.valueOf(one.required("type").asString().toUpperCase(Locale.ROOT));
    return Fact.attribute(entity, name, type, new Fact.Meaning("", Set.of(), ""));
  }

  private static void put(Facts.Builder facts, Fact attribute, JsonNode one) {
    facts.put(attribute, value(attribute, one.required("value")), evidence(one));
  }

  private static Evidence evidence(JsonNode one) {
    var tier = EvidenceTier.valueOf(one.required("tier").asString().toUpperCase(Locale.ROOT));
    return new Evidence(tier, Instant.parse(one.required("observed").asString()));
  }

  private static Object value(Fact fact, JsonNode value) {
    return switch (fact.type()) {
      case BOOLEAN -> value.asBoolean();
      case STRING -> value.asString();
      case INTEGER -> value.asLong();
      case DECIMAL -> Double.valueOf(value.asString());
      case STRINGS -> value.valueStream().map(JsonNode::asString).toList();
      case VERSION -> Version.parse(value.asString());
      case DATE -> LocalDate.parse(value.asString());
      case TIMESTAMP -> Instant.parse(value.asString());
      case DURATION -> Duration.parse(value.asString());
      case ADDRESS -> IpAddress.parse(value.asString());
    };
  }
}

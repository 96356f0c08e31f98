// SPDX-License-Identifier: Apache-2.0
package dev.vigil.admission;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Facts as JSON and back, exactly: what is read decides as what was written did. A fact that the
/// schema has no longer is an error, never left out.
public final class FactsJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

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
      var one = all.putObject(fact.name());
      put(one, value);
      one.put("tier", evidence.tier().name().toLowerCase(Locale.ROOT))
          .put("observed", evidence.observed().toString());
    }
    return JSON.writeValueAsString(root);
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
    var tier = EvidenceTier.valueOf(one.required("tier").asString().toUpperCase(Locale.ROOT));
    facts.put(
        name,
        value(fact, one.required("value")),
        new Evidence(tier, Instant.parse(one.required("observed").asString())));
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

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.replay;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.policy.Entity;
import dev.vigil.policy.Evidence;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.Facts;
import dev.vigil.policy.FactsSchema;
import dev.vigil.workbench.request.FactText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the facts in a line. A fact that the schema does not have is an error, never left out.
final class FactsParser {

  private static final int MOST_WORDS = 10_000;
  private static final Map<String, EvidenceTier> TIERS =
      Map.of(
          "reported",
          EvidenceTier.REPORTED,
          "observed",
          EvidenceTier.OBSERVED,
          "managed",
          EvidenceTier.MANAGED,
          "attested",
          EvidenceTier.ATTESTED);

  private static final String ATTRIBUTES = "attributes.";

  private final FactsSchema schema;
  private String lastText = "";
  private Instant lastTime = Instant.EPOCH;

  /// @param schema the facts that the policies may mention
  FactsParser(FactsSchema schema) {
    this.schema = schema;
  }

  /// Takes a fact.
  interface Taker {
    void take(Fact fact, Object value, Evidence behind);
  }

  static Entity entity(String name) {
    for (var entity : Entity.values()) if (entity.prefix().equals(name)) return entity;
    throw new Unusable("it has a snapshot of `" + name + "`");
  }

  /// A time. The facts of a record mostly share one, so the last is kept.
  Instant time(String text) {
    if (!text.equals(lastText)) {
      lastTime = Instant.parse(text);
      lastText = text;
    }
    return lastTime;
  }

  /// The facts of a snapshot, by name without the entity.
  Facts snapshot(JsonParser parser, Entity entity, String id, long version) {
    var facts = Facts.about(entity, id, version);
    each(parser, entity.prefix() + ".", facts::put);
    return facts.build();
  }

  /// The facts of a request itself, by qualified name.
  void own(JsonParser parser, Taker taker) {
    each(parser, "", taker);
  }

  private void each(JsonParser parser, String prefix, Taker taker) {
    if (parser.currentToken() != JsonToken.START_OBJECT) throw new Unusable("`facts` is no object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = prefix.isEmpty() ? parser.currentName() : prefix + parser.currentName();
      var fact = schema.find(name);
      parser.nextToken();
      if (fact.isPresent()) fact(parser, fact.get(), taker);
      else skip(parser, name);
    }
  }

  /// An attribute that the policies do not declare cannot matter to them.
  private static void skip(JsonParser parser, String name) {
    if (!name.substring(name.indexOf('.') + 1).startsWith(ATTRIBUTES))
      throw new Unusable("the facts schema has no `" + name + "`");
    parser.skipChildren();
  }

  private void fact(JsonParser parser, Fact fact, Taker taker) {
    if (parser.currentToken() != JsonToken.START_OBJECT)
      throw new Unusable("`" + fact.qualifiedName() + "` is no object");
    Object value = null;
    EvidenceTier tier = null;
    Instant observed = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "value" -> value = value(parser, fact);
        case "tier" -> tier = TIERS.get(LineReader.text(parser, name).toLowerCase(Locale.ROOT));
        case "observed" -> observed = time(LineReader.text(parser, name));
        default -> throw new Unusable("`" + fact.qualifiedName() + "` has `" + name + "`");
      }
    }
    if (value == null || tier == null || observed == null)
      throw new Unusable("`" + fact.qualifiedName() + "` lacks its value, tier or time");
    taker.take(fact, value, new Evidence(tier, observed));
  }

  private @Nullable Object value(JsonParser parser, Fact fact) {
    if (fact.type() == FactType.STRINGS) return words(parser);
    if (!parser.currentToken().isScalarValue())
      throw new Unusable("`" + fact.qualifiedName() + "` is no single value");
    return FactText.parse(fact.type(), parser.getString())
        .orElseThrow(
            () -> new Unusable("`" + fact.qualifiedName() + "` has a value of another type"));
  }

  /// A list of one is recorded as that one.
  private static List<String> words(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) return List.of(parser.getString());
    if (parser.currentToken() != JsonToken.START_ARRAY) throw new Unusable("a list is no list");
    var words = new ArrayList<String>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (words.size() >= MOST_WORDS) throw new Unusable("a list has too many words");
      words.add(LineReader.text(parser, "a word of a list"));
    }
    return List.copyOf(words);
  }
}

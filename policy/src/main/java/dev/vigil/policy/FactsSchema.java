// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every name an expression may use, declared once: type, unit, allowed values, description. What
/// an organisation declares beside the standard ones are attributes: [#with].
public final class FactsSchema {

  private static final FactsSchema STANDARD = declare();

  private final Map<String, Fact> byName = new LinkedHashMap<>();
  private final Map<Entity, List<Fact>> byEntity = new EnumMap<>(Entity.class);

  private FactsSchema() {
    for (var entity : Entity.values()) byEntity.put(entity, new ArrayList<>());
  }

  /// The facts that Vigil itself knows.
  public static FactsSchema standard() {
    return STANDARD;
  }

  private static FactsSchema declare() {
    var schema = new FactsSchema();
    new StandardFacts(schema).declare();
    return schema;
  }

  /// Declares a standard fact.
  void add(Entity entity, String name, FactType type, String description, String... allowed) {
    var siblings = byEntity.get(entity);
    if (siblings == null) throw new IllegalStateException("every entity has a list");
    var fact =
        new Fact(entity, name, type, siblings.size(), unit(name), Set.of(allowed), description);
    siblings.add(fact);
    byName.put(fact.qualifiedName(), fact);
  }

  private static String unit(String name) {
    return name.equals("body_bytes") ? "bytes" : "";
  }

  /// This schema and these attributes beside it.
  ///
  /// @throws IllegalArgumentException if one of them is no attribute, or its name is taken
  public FactsSchema with(Collection<Fact> attributes) {
    if (attributes.isEmpty()) return this;
    var more = new FactsSchema();
    byEntity.forEach((entity, facts) -> more.byEntity.put(entity, List.copyOf(facts)));
    more.byName.putAll(byName);
    for (var attribute : attributes) {
      if (!attribute.isAttribute()
          || more.byName.putIfAbsent(attribute.qualifiedName(), attribute) != null)
        throw new IllegalArgumentException(
            "`" + attribute.qualifiedName() + "` cannot be declared");
    }
    return more;
  }

  /// What was declared beside the standard facts.
  public List<Fact> attributes() {
    return byName.values().stream().filter(Fact::isAttribute).toList();
  }

  /// The fact of a qualified name, if there is one.
  public Optional<Fact> find(String qualifiedName) {
    return Optional.ofNullable(byName.get(qualifiedName));
  }

  /// The facts of one entity, by slot.
  public List<Fact> of(Entity entity) {
    return List.copyOf(byEntity.getOrDefault(entity, List.of()));
  }

  /// The fact of this name, which must be about this entity.
  ///
  /// @throws IllegalArgumentException if there is none
  Fact require(Entity entity, String qualifiedName) {
    var fact = byName.get(qualifiedName);
    if (fact == null || fact.entity() != entity) {
      throw new IllegalArgumentException(
          "the facts schema has no `" + qualifiedName + "` about a " + entity.prefix());
    }
    return fact;
  }

  /// Every fact in the order of declaration.
  public List<Fact> all() {
    return List.copyOf(byName.values());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that is known about one entity at one version: immutable, swapped whole when something
/// changes. A fact without a value is unknown.
public final class Facts {

  private final Entity entity;
  private final String id;
  private final long version;
  private final @Nullable Object[] values;
  private final @Nullable Evidence[] evidence;
  private final Map<String, Attribute> attributes;

  /// The value of an attribute and what stands behind it.
  public record Attribute(Fact fact, Object value, Evidence evidence) {}

  private Facts(Builder builder) {
    this.entity = builder.entity;
    this.id = builder.id;
    this.version = builder.version;
    this.values = builder.values.clone();
    this.evidence = builder.evidence.clone();
    this.attributes = Map.copyOf(builder.attributes);
  }

  /// Begins the facts of an entity. `id` names it in records; `version` is the committed sequence
  /// that made it so, 0 for facts of the request itself.
  public static Builder about(Entity entity, String id, long version) {
    return new Builder(entity, id, version);
  }

  /// Facts of which nothing is known.
  public static Facts unknown(Entity entity) {
    return about(entity, "", 0).build();
  }

  public Entity entity() {
    return entity;
  }

  public String id() {
    return id;
  }

  public long version() {
    return version;
  }

  /// The value, or null if unknown. The hot path; others ask [#find].
  public @Nullable Object valueAt(int slot) {
    return values[slot];
  }

  /// What stands behind the value, or null if the fact is unknown.
  public @Nullable Evidence evidenceAt(int slot) {
    return evidence[slot];
  }

  /// The value of a fact of this entity, or null if unknown.
  public @Nullable Object value(Fact fact) {
    if (!fact.isAttribute()) return values[fact.slot()];
    var attribute = attribute(fact);
    return attribute == null ? null : attribute.value;
  }

  /// What stands behind the value of a fact of this entity, or null if it is unknown.
  public @Nullable Evidence evidence(Fact fact) {
    if (!fact.isAttribute()) return values[fact.slot()] == null ? null : evidence[fact.slot()];
    var attribute = attribute(fact);
    return attribute == null ? null : attribute.evidence;
  }

  /// A value of another type or that is no longer allowed is none.
  private @Nullable Attribute attribute(Fact fact) {
    var attribute = attributes.get(fact.name());
    return attribute == null || fits(fact, attribute.value).isPresent() ? null : attribute;
  }

  /// The attributes that have a value, in no order.
  public Collection<Attribute> attributes() {
    return attributes.values();
  }

  /// The value of a standard fact by its qualified name; empty if unknown.
  ///
  /// @throws IllegalArgumentException if the schema has no such fact of this entity
  public Optional<Object> find(String qualifiedName) {
    return Optional.ofNullable(
        values[FactsSchema.standard().require(entity, qualifiedName).slot()]);
  }

  /// These facts with one more or another value; id and version stay.
  ///
  /// @throws IllegalArgumentException as [Builder#put]
  public Facts with(String qualifiedName, Object value, Evidence behind) {
    return with(FactsSchema.standard().require(entity, qualifiedName), value, behind);
  }

  /// The same for a fact that may be an attribute.
  ///
  /// @throws IllegalArgumentException as [Builder#put]
  public Facts with(Fact fact, Object value, Evidence behind) {
    var copy = about(entity, id, version);
    System.arraycopy(values, 0, copy.values, 0, values.length);
    System.arraycopy(evidence, 0, copy.evidence, 0, evidence.length);
    copy.attributes.putAll(attributes);
    return copy.put(fact, value, behind).build();
  }

  /// Collects facts. Every value is checked against the schema.
  public static final class Builder {

    private final Entity entity;
    private final String id;
    private final long version;
    private final @Nullable Object[] values;
    private final @Nullable Evidence[] evidence;
    private final Map<String, Attribute> attributes = new HashMap<>();

    private Builder(Entity entity, String id, long version) {
      this.entity = entity;
      this.id = id;
      this.version = version;
      int size = FactsSchema.standard().of(entity).size();
      this.values = new @Nullable Object[size];
      this.evidence = new @Nullable Evidence[size];
    }

    /// Sets a fact by its qualified name, such as `device.rooted`.
    ///
    /// @throws IllegalArgumentException if the schema has no such fact of this entity, or the value
    ///   has another type or is not allowed
    public Builder put(String qualifiedName, Object value, Evidence behind) {
      var fact = FactsSchema.standard().require(entity, qualifiedName);
      check(fact, value);
      values[fact.slot()] = value instanceof String text ? fact.canonical(text) : value;
      evidence[fact.slot()] = behind;
      return this;
    }

    /// Sets a fact, which may be an attribute.
    ///
    /// @throws IllegalArgumentException if it is about another entity, or the value has another
    ///   type or is not allowed
    public Builder put(Fact fact, Object value, Evidence behind) {
      if (!fact.isAttribute()) return put(fact.qualifiedName(), value, behind);
      if (fact.entity() != entity)
        throw new IllegalArgumentException(
            "`" + fact.qualifiedName() + "` is not about a " + entity.prefix());
      check(fact, value);
      attributes.put(fact.name(), new Attribute(fact, value, behind));
      return this;
    }

    private static void check(Fact fact, Object value) {
      fits(fact, value)
          .ifPresent(problem -> {
            throw new IllegalArgumentException("`" + fact.qualifiedName() + "` " + problem);
          });
    }

    public Facts build() {
      return new Facts(this);
    }
  }

  /// Why the value cannot be one of the fact's, if so.
  private static Optional<String> fits(Fact fact, Object value) {
    if (!fact.type().accepts(value))
      return Optional.of("takes " + fact.type() + ", not " + value.getClass().getSimpleName());
    return value instanceof String text
            && !fact.allowed().isEmpty()
            && !fact.allowed().contains(text)
        ? Optional.of("cannot be `" + text + "`; it is one of " + fact.allowed())
        : Optional.empty();
  }
}

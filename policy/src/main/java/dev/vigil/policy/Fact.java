// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy;

import java.util.Set;

/// One name that an expression may use, such as `device.patch_date`.
///
/// @param slot where [Facts] of this entity keep its value: dense from 0 within the entity;
///   [#ATTRIBUTE] for what an organisation declares itself, which is kept by name
/// @param unit of numbers and strings that have one; empty otherwise
/// @param allowed the only values of an enumerated string; empty if any value may stand
public record Fact(
    Entity entity,
    String name,
    FactType type,
    int slot,
    String unit,
    Set<String> allowed,
    String description) {

  /// The slot of attributes.
  public static final int ATTRIBUTE = -1;

  private static final String ATTRIBUTES = "attributes.";

  public Fact {
    allowed = Set.copyOf(allowed);
    if ((slot == ATTRIBUTE) != name.startsWith(ATTRIBUTES))
      throw new IllegalArgumentException("`" + name + "` is not the name of such a fact");
  }

  /// An attribute that an organisation declares itself; conditions call it
  /// `<entity>.attributes.<name>`.
  public static Fact attribute(Entity entity, String name, FactType type, Meaning meaning) {
    return new Fact(
        entity,
        ATTRIBUTES + name,
        type,
        ATTRIBUTE,
        meaning.unit(),
        meaning.allowed(),
        meaning.description());
  }

  /// What the values of an attribute mean; each part may be empty.
  public record Meaning(String unit, Set<String> allowed, String description) {}

  /// Whether an organisation declared it itself.
  public boolean isAttribute() {
    return slot == ATTRIBUTE;
  }

  /// The one object that stands for this value among the values of a standard fact that has only
  /// allowed ones; the text itself if any value may stand.
  public String canonical(String value) {
    for (var one : allowed) if (one.equals(value)) return one;
    return value;
  }

  /// The name in expressions, such as `device.patch_date`.
  public String qualifiedName() {
    return entity.prefix() + "." + name;
  }
}

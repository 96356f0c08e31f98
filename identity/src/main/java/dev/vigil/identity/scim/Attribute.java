// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.util.List;
import java.util.Optional;

/// One attribute of a schema (RFC 7643 section 7).
///
/// @param form how many values, and of what type
/// @param traits what differs from the standard's defaults
/// @param parts the sub-attributes, of complex ones only
public record Attribute(
    String name, Form form, List<Trait> traits, List<Attribute> parts, String description) {

  public Attribute {
    traits = List.copyOf(traits);
    parts = List.copyOf(parts);
  }

  /// One value or many, of which type.
  public enum Form {
    TEXT,
    TEXTS,
    FLAG,
    TIME,
    REFERENCE,
    COMPLEX,
    COMPLEXES;

    /// Whether there can be many.
    public boolean many() {
      return this == TEXTS || this == COMPLEXES;
    }

    /// The name in `/Schemas`.
    public String type() {
      return switch (this) {
        case TEXT, TEXTS -> "string";
        case FLAG -> "boolean";
        case TIME -> "dateTime";
        case REFERENCE -> "reference";
        case COMPLEX, COMPLEXES -> "complex";
      };
    }
  }

  /// What differs from the defaults: optional, readWrite, returned by default, case-insensitive,
  /// not unique.
  public enum Trait {
    REQUIRED,
    READ_ONLY,
    IMMUTABLE,
    ALWAYS,
    CASE_EXACT,
    UNIQUE
  }

  static Attribute of(String name, Form form, String description, Trait... traits) {
    return new Attribute(name, form, List.of(traits), List.of(), description);
  }

  Attribute with(Attribute... all) {
    return new Attribute(name, form, traits, List.of(all), description);
  }

  /// Whether it has this trait.
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /// The sub-attribute of this name in any case.
  public Optional<Attribute> part(String name) {
    return parts.stream().filter(part -> part.name().equalsIgnoreCase(name)).findFirst();
  }
}

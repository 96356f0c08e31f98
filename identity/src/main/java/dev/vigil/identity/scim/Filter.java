// SPDX-License-Identifier: Apache-2.0
package dev.vigil.identity.scim;

import java.util.Optional;

/// A filter that was read (RFC 7644 section 3.4.2.2).
public sealed interface Filter {

  record And(Filter left, Filter right) implements Filter {}

  record Or(Filter left, Filter right) implements Filter {}

  record Not(Filter filter) implements Filter {}

  record Compare(AttributePath attribute, Operator operator, Literal literal) implements Filter {}

  /// `pr`: the attribute has a value.
  record Present(AttributePath attribute) implements Filter {}

  /// `emails[type eq "work"]`: one value of the attribute matches all of the inner filter; with a
  /// comparison of a sub-attribute of it where `emails[type eq "work"].value eq "..."` was written.
  record OneOf(AttributePath attribute, Filter inner) implements Filter {}

  /// How two values are compared.
  enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE
  }

  /// The text that this attribute must equal for the filter to match, if the filter demands one:
  /// for looking up by an index.
  ///
  /// @param name of an attribute without sub-attribute, in any case
  default Optional<String> demanded(String name) {
    return switch (this) {
      case And(Filter left, Filter right) -> left.demanded(name).or(() -> right.demanded(name));
      case Compare(AttributePath attribute, Operator operator, Literal.Text(String text)) ->
          operator == Operator.EQ
                  && attribute.sub().isEmpty()
                  && attribute.schema().isEmpty()
                  && attribute.name().equalsIgnoreCase(name)
              ? Optional.of(text)
              : Optional.empty();
      case Compare _, Or _, Not _, Present _, OneOf _ -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.Fact;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Something in a condition that has a value other than a truth value.
public sealed interface Term {

  /// The value, or null if it is unknown.
  @Nullable Object value(Evaluation on);

  /// The value of a fact.
  record Read(Fact fact) implements Term {
    @Override
    public @Nullable Object value(Evaluation on) {
      return on.value(fact);
    }
  }

  /// A constant: one of the carriers of [dev.vigil.policy.FactType], or a set of them.
  record Literal(Object constant) implements Term {
    @Override
    public Object value(Evaluation on) {
      return constant;
    }
  }

  /// The element that a surrounding [Condition.Quantified] is looking at.
  record Variable(int depth) implements Term {
    @Override
    public @Nullable Object value(Evaluation on) {
      return on.variable(depth);
    }
  }

  /// The number of elements of a list or of code points of a text.
  record Size(Term of) implements Term {
    @Override
    public @Nullable Object value(Evaluation on) {
      return switch (of.value(on)) {
        case Collection<?> list -> (long) list.size();
        case String text -> (long) text.codePointCount(0, text.length());
        case null, default -> null;
      };
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.condition.Term;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the element of a quantifier ranges over.
sealed interface Range {

  /// The elements of a fact's list.
  record OfFact(Fact list) implements Range {}

  /// Constants.
  record OfConstants(List<Object> constants) implements Range {
    public OfConstants {
      constants = List.copyOf(constants);
    }
  }

  /// The range of a term; empty if it is no list.
  static Optional<Range> of(Term list) {
    return switch (list) {
      case Term.Read(Fact fact) -> Optional.of(new OfFact(fact));
      case Term.Literal(Collection<?> constants) ->
          Optional.of(new OfConstants(List.copyOf(constants)));
      case Term.Literal ignored -> Optional.empty();
      case Term.Variable ignored -> Optional.empty();
      case Term.Size ignored -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Entity;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the value of one fact must be for a rule to apply: a part of its condition by which the
/// rule is found. Only of facts that no step a person could take would change.
///
/// @param values the fact is one of these, or a list that has one of these; never empty, as a rule
///   would be found under none of them, not even when the fact is unknown
record RuleKey(Fact fact, Set<String> values) {

  private static final int MOST_VALUES = 16;
  private static final Set<Entity> SETTLED = Set.of(Entity.SUBJECT, Entity.REQUEST);

  /// The key that leaves the fewest rules to look at, as far as the condition alone tells.
  static Optional<RuleKey> of(Condition condition) {
    var keys = new ArrayList<RuleKey>();
    collect(condition, keys);
    return keys.stream().min(Comparator.comparingInt(RuleKey::breadth));
  }

  private static void collect(Condition condition, List<RuleKey> into) {
    switch (condition) {
      case Condition.And(List<Condition> all) -> all.forEach(part -> collect(part, into));
      case Condition.Named(_, Condition body) -> collect(body, into);
      case Condition.Compare(
              Term.Read(Fact fact),
              Comparison by,
              Term.Literal(Object constant)) -> {
        if (by == Comparison.EQUAL) add(fact, FactType.STRING, List.of(constant), into);
      }
      case Condition.Compare(
              Term.Literal(Object constant),
              Comparison by,
              Term.Read(Fact fact)) -> {
        if (by == Comparison.EQUAL) add(fact, FactType.STRING, List.of(constant), into);
      }
      case Condition.Member(Term.Read(Fact fact), Term.Literal(Collection<?> constants)) ->
          add(fact, FactType.STRING, constants, into);
      case Condition.Member(Term.Literal(Object constant), Term.Read(Fact fact)) ->
          add(fact, FactType.STRINGS, List.of(constant), into);
      case Condition other -> {}
    }
  }

  private static void add(Fact fact, FactType type, Collection<?> constants, List<RuleKey> into) {
    var values =
        constants.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    if (fact.type() == type
        && SETTLED.contains(fact.entity())
        && !values.isEmpty()
        && values.size() == constants.size()
        && values.size() <= MOST_VALUES) into.add(new RuleKey(fact, Set.copyOf(values)));
  }

  /// Fewer values let fewer requests through; a fact with few values of its own lets many.
  private int breadth() {
    return values.size() + (fact.allowed().isEmpty() ? 0 : MOST_VALUES);
  }
}

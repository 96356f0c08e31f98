// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.check;

import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.condition.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// When one condition follows from others, as far as that can be seen from their form. A yes is
/// certain, a no is not. It holds for true and for not-false alike: where the one is true the other
/// is true, and where the one is not false the other is not false.
final class Implication {

  private Implication() {}

  /// The parts that must all hold for a condition to hold, levels and strengths opened up.
  static List<Condition> parts(Condition condition) {
    var parts = new ArrayList<Condition>();
    collect(condition, parts);
    return parts;
  }

  private static void collect(Condition condition, List<Condition> parts) {
    if (condition instanceof Condition.And(List<Condition> all)) {
      all.forEach(part -> collect(part, parts));
    } else if (condition instanceof Condition.Named(String ignored, Condition body)) {
      collect(body, parts);
    } else if (condition instanceof Condition.Not(Condition.Not(Condition twice))) {
      collect(twice, parts);
    } else if (condition instanceof Condition.Not(Condition.Or(List<Condition> none))) {
      none.forEach(part -> collect(new Condition.Not(part), parts));
    } else if (condition instanceof Condition.Not(Condition.Always(boolean value))) {
      parts.add(new Condition.Always(!value));
    } else {
      parts.add(condition);
    }
  }

  /// Whether every part of the one list follows from the other.
  static boolean follow(List<Condition> these, List<Condition> from) {
    return these.stream().allMatch(one -> follows(one, from));
  }

  private static boolean follows(Condition one, List<Condition> from) {
    if (one.equals(new Condition.Always(true))) return true;
    if (one instanceof Condition.Or(List<Condition> any))
      if (any.stream().anyMatch(way -> follow(parts(way), from))) return true;
    return from.stream().anyMatch(part -> part.equals(one) || weaker(one, part));
  }

  /// Whether a part is a weaker demand on the same fact than another.
  private static boolean weaker(Condition one, Condition than) {
    if (Choice.of(one).isPresent() && Choice.of(than).isPresent())
      return Choice.of(one).get().includes(Choice.of(than).get());
    if (one instanceof Condition.Younger wide && than instanceof Condition.Younger narrow)
      return wide.fact().equals(narrow.fact()) && wide.than().compareTo(narrow.than()) >= 0;
    if (one instanceof Condition.Tier wide && than instanceof Condition.Tier narrow)
      return wide.fact().equals(narrow.fact()) && wide.least().compareTo(narrow.least()) <= 0;
    return one instanceof Condition.Compare wide
        && than instanceof Condition.Compare narrow
        && wide.left().equals(narrow.left())
        && wide.by() == narrow.by()
        && wide.right() instanceof Term.Literal(Object limit)
        && narrow.right() instanceof Term.Literal(Object tighter)
        && reaches(wide.by(), limit, tighter);
  }

  private static boolean reaches(Comparison by, Object limit, Object tighter) {
    return switch (by) {
      case LESS, LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL.of(limit, tighter) == Truth.TRUE;
      case GREATER, GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL.of(limit, tighter) == Truth.TRUE;
      case EQUAL, NOT_EQUAL -> false;
    };
  }

  /// A fact that must have one of a few values.
  record Choice(Term of, Set<?> values) {

    static Optional<Choice> of(Condition condition) {
      if (condition instanceof Condition.Compare(Term left, Comparison by, Term right)
          && by == Comparison.EQUAL) {
        if (left instanceof Term.Read && right instanceof Term.Literal(Object value))
          return Optional.of(new Choice(left, Set.of(value)));
        if (right instanceof Term.Read && left instanceof Term.Literal(Object value))
          return Optional.of(new Choice(right, Set.of(value)));
      }
      if (condition instanceof Condition.Member(Term element, Term list)
          && element instanceof Term.Read
          && list instanceof Term.Literal(Object values)
          && values instanceof Collection<?> many)
        return Optional.of(new Choice(element, Set.copyOf(many)));
      return Optional.empty();
    }

    boolean includes(Choice other) {
      return of.equals(other.of) && values.containsAll(other.values);
    }

    boolean excludes(Choice other) {
      return of.equals(other.of) && Collections.disjoint(values, other.values);
    }
  }

  /// Two parts that can never hold together; empty if none are seen.
  static List<Condition> contradiction(List<Condition> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).equals(new Condition.Always(false))) return List.of(parts.get(i));
      for (int j = 0; j < i; j++)
        if (exclude(parts.get(i), parts.get(j))) return List.of(parts.get(j), parts.get(i));
    }
    return List.of();
  }

  private static boolean exclude(Condition one, Condition two) {
    if (opposite(one, two) || opposite(two, one)) return true;
    var first = Choice.of(one);
    var second = Choice.of(two);
    return first.isPresent() && second.isPresent() && first.get().excludes(second.get());
  }

  private static boolean opposite(Condition one, Condition two) {
    if (one instanceof Condition.Not(Condition of) && parts(of).size() == 1)
      return parts(of).getFirst().equals(two);
    return one instanceof Condition.Compare(Term left, Comparison by, Term right)
        && two instanceof Condition.Compare(Term other, Comparison instead, Term than)
        && left.equals(other)
        && right.equals(than)
        && by.opposite() == instead;
  }
}

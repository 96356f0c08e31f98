// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.condition.Window;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Everything that conditions speak of: facts, the texts they are compared with, the elements of
/// lists that matter, the cohorts. Gathered from all conditions before any of them is translated.
final class Vocabulary {

  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final Set<String> measured = new TreeSet<>();
  private final Map<Window, Integer> windows = new LinkedHashMap<>();
  private final SortedMap<String, Set<Integer>> cohorts = new TreeMap<>();
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final IdentityHashMap<Condition, Boolean> quantified = new IdentityHashMap<>();
  private final IdentityHashMap<Condition, Boolean> looked = new IdentityHashMap<>();
  private final Kin kin = new Kin();
  private final Elements elements;

  /// @param leastElements how many elements that no condition names every list can hold at least
  Vocabulary(int leastElements) {
    elements = new Elements(kin, leastElements);
  }

  /// Takes in what a condition speaks of.
  ///
  /// @throws Outside.Reached if a fact is declared in two ways
  void add(Condition condition) {
    look(condition, List.of());
  }

  /// The facts, in the order of mention.
  Collection<Fact> facts() {
    return Collections.unmodifiableCollection(facts.values());
  }

  /// The windows of time, with a number for each.
  Map<Window, Integer> windows() {
    return Collections.unmodifiableMap(windows);
  }

  /// The number of a window that was taken in.
  int number(Window window) {
    var number = windows.get(window);
    if (number == null) throw new IllegalStateException("this window was never taken in");
    return number;
  }

  /// The lists whose size is asked for.
  boolean measured(Fact list) {
    return measured.contains(list.qualifiedName());
  }

  /// The rules with a share of all subjects, and those shares.
  SortedMap<String, Set<Integer>> cohorts() {
    return cohorts;
  }

  Kin kin() {
    return kin;
  }

  Elements elements() {
    return elements;
  }

  /// The number that stands for a text which is not looked into.
  int code(String text) {
    return codes.computeIfAbsent(text, t -> codes.size());
  }

  /// The texts that have a number.
  Map<String, Integer> codes() {
    return new LinkedHashMap<>(codes);
  }

  /// Whether a quantifier stands anywhere in a condition that was added.
  boolean isQuantified(Condition condition) {
    return quantified.getOrDefault(condition, false);
  }

  private void look(Condition condition, List<Range> within) {
    if (within.isEmpty() && looked.putIfAbsent(condition, true) != null) return;
    boolean below =
        switch (condition) {
          case Condition.Always ignored -> false;
          case Condition.And and -> all(and.all().stream(), within);
          case Condition.Or or -> all(or.any().stream(), within);
          case Condition.Not not -> all(Stream.of(not.of()), within);
          case Condition.Choose choose ->
              all(Stream.of(choose.when(), choose.then(), choose.otherwise()), within);
          case Condition.Same same -> all(Stream.of(same.left(), same.right()), within);
          case Condition.Flag flag -> mention(flag.fact());
          case Condition.Compare compare -> compared(compare.left(), compare.right(), within);
          case Condition.Member member -> member(member, within);
          case Condition.Text text -> text(text, within);
          case Condition.Quantified quantifier -> quantifier(quantifier, within);
          case Condition.Inside inside -> mention(inside.address());
          case Condition.Cohort cohort -> {
            cohorts.computeIfAbsent(cohort.rule(), rule -> new TreeSet<>()).add(cohort.share());
            yield mention(cohort.subject());
          }
          case Condition.During during -> {
            windows.putIfAbsent(during.window(), windows.size());
            yield false;
          }
          case Condition.Clock ignored -> false;
          case Condition.Since since -> mention(since.fact());
          case Condition.Named named -> all(Stream.of(named.body()), List.of());
          case Condition.EvidencePredicate evidence -> mention(evidence.fact());
        };
    if (below) quantified.put(condition, true);
  }

  private boolean all(Stream<Condition> parts, List<Range> within) {
    return parts
        .map(part -> {
          look(part, within);
          return isQuantified(part);
        })
        .reduce(false, Boolean::logicalOr);
  }

  private boolean mention(Fact fact) {
    var before = facts.putIfAbsent(fact.qualifiedName(), fact);
    if (before != null
        && (before.type() != fact.type() || !before.allowed().equals(fact.allowed())))
      throw new Outside.Reached(
          "`" + fact.qualifiedName() + "`, which is declared in two ways at once");
    if (fact.type() == FactType.STRINGS) elements.known(fact);
    return false;
  }

  private void mention(Term term) {
    switch (term) {
      case Term.Read read -> mention(read.fact());
      case Term.Size size -> {
        mention(size.of());
        if (size.of() instanceof Term.Read(Fact fact)) {
          if (fact.type() == FactType.STRINGS && measured.add(fact.qualifiedName()))
            elements.use(fact, List.of());
          else if (fact.type() == FactType.STRING) kin.lookedInto(fact);
        }
      }
      case Term.Literal literal -> {
        if (literal.constant() instanceof String text) code(text);
        if (literal.constant() instanceof Collection<?> many)
          many.forEach(one -> mention(new Term.Literal(one)));
      }
      case Term.Variable ignored -> {}
    }
  }

  private boolean compared(Term left, Term right, List<Range> within) {
    mention(left);
    mention(right);
    for (var term : List.of(left, right)) {
      if (term instanceof Term.Size(Term.Variable of))
        source(of, within).ifPresent(kin::lookedInto);
    }
    meet(left, right, within);
    return false;
  }

  /// Makes facts kin that two terms take texts from, and notes the constants on either side.
  private void meet(Term one, Term two, List<Range> within) {
    var first = source(one, within);
    var second = source(two, within);
    if (first.isPresent() && second.isPresent()) kin.join(first.get(), second.get());
    first.ifPresent(fact -> constants(two, within).forEach(c -> kin.comparedWith(fact, c)));
    second.ifPresent(fact -> constants(one, within).forEach(c -> kin.comparedWith(fact, c)));
  }

  /// The fact that a term takes a text from: the fact itself, or the list of which it is an
  /// element.
  static Optional<Fact> source(Term term, List<Range> within) {
    return switch (term) {
      case Term.Read(Fact fact) when holdsTexts(fact) -> Optional.of(fact);
      case Term.Variable(int depth)
          when depth < within.size() && within.get(depth) instanceof Range.OfFact(Fact list) ->
          Optional.of(list);
      case Term.Read ignored -> Optional.empty();
      case Term.Variable ignored -> Optional.empty();
      case Term.Literal ignored -> Optional.empty();
      case Term.Size ignored -> Optional.empty();
    };
  }

  private static boolean holdsTexts(Fact fact) {
    return fact.type() == FactType.STRING || fact.type() == FactType.STRINGS;
  }

  private static Collection<?> constants(Term term, List<Range> within) {
    return switch (term) {
      case Term.Literal(Collection<?> many) -> many;
      case Term.Literal(Object one) -> List.of(one);
      case Term.Variable(int depth)
          when depth < within.size()
              && within.get(depth) instanceof Range.OfConstants(List<Object> many) ->
          many;
      case Term.Variable ignored -> List.of();
      case Term.Read ignored -> List.of();
      case Term.Size ignored -> List.of();
    };
  }

  private boolean member(Condition.Member member, List<Range> within) {
    mention(member.element());
    mention(member.list());
    meet(member.element(), member.list(), within);
    boolean named = member.element() instanceof Term.Literal;
    if (!named && member.list() instanceof Term.Read(Fact list)) elements.use(list, within);
    return false;
  }

  private boolean text(Condition.Text text, List<Range> within) {
    for (var term : List.of(text.text(), text.part())) {
      mention(term);
      source(term, within).ifPresent(kin::lookedInto);
    }
    meet(text.text(), text.part(), within);
    return false;
  }

  private boolean quantifier(Condition.Quantified quantifier, List<Range> within) {
    mention(quantifier.list());
    var range = Range.of(quantifier.list());
    if (range.isEmpty() || quantifier.depth() != within.size()) return true;
    if (range.get() instanceof Range.OfFact(Fact list)) elements.use(list, within);
    look(quantifier.body(), Stream.concat(within.stream(), Stream.of(range.get())).toList());
    return true;
  }
}

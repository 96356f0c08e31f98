// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.condition.Comparison;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.condition.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Conditions on values: comparisons, membership, parts of texts.
final class TermInSmt {

  private final Vocabulary vocabulary;
  private final ValueInSmt values;

  TermInSmt(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.values = new ValueInSmt(vocabulary);
  }

  Three flag(Fact fact) {
    if (fact.type() != FactType.BOOLEAN) return Three.UNKNOWN;
    return Three.where(Symbols.known(fact), Symbols.value(fact));
  }

  Three compare(Condition.Compare compare, Scope scope) {
    boolean looked = looked(compare.left(), scope) || looked(compare.right(), scope);
    var left = values.of(compare.left(), looked, scope);
    var right = values.of(compare.right(), looked, scope);
    if (left.constant().isPresent() && right.constant().isPresent())
      return Three.of(compare.by().of(left.constant().get(), right.constant().get()));
    if (left.type() != right.type()) return Three.UNKNOWN;
    var known = Smt.and(left.known(), right.known(), left.ordered(), right.ordered());
    return switch (compare.by()) {
      case EQUAL -> Three.where(known, Smt.equal(left.asCompared(), right.asCompared()));
      case NOT_EQUAL ->
          Three.where(known, Smt.not(Smt.equal(left.asCompared(), right.asCompared())));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          ordered(left, compare.by(), right, known);
    };
  }

  private static Three ordered(
      ValueInSmt.Value left, Comparison by, ValueInSmt.Value right, String known) {
    return switch (left.type()) {
      case INTEGER, DECIMAL, VERSION, DATE, TIMESTAMP, DURATION ->
          Three.where(known, Smt.call(by.symbol(), left.asCompared(), right.asCompared()));
      case ADDRESS -> Three.UNKNOWN;
      case BOOLEAN, STRING -> throw new Outside.Reached("an order of texts or of truth values");
      case STRINGS -> throw new Outside.Reached("a list compared as a whole");
    };
  }

  /// Whether the text that a term stands for is looked into anywhere.
  private boolean looked(Term term, Scope scope) {
    return Vocabulary.source(term, scope.ranges())
        .filter(vocabulary.kin()::inCharacters)
        .isPresent();
  }

  Three member(Condition.Member member, Scope scope) {
    return switch (member.list()) {
      case Term.Literal(Collection<?> many) -> among(member.element(), many, scope);
      case Term.Read(Fact fact) when fact.type() == FactType.STRINGS ->
          inList(member.element(), fact, scope);
      case Term.Literal ignored -> Three.UNKNOWN;
      case Term.Read ignored -> Three.UNKNOWN;
      case Term.Size ignored -> Three.UNKNOWN;
      case Term.Variable ignored -> Three.UNKNOWN;
    };
  }

  private Three among(Term element, Collection<?> many, Scope scope) {
    var looked = looked(element, scope);
    var one = values.of(element, looked, scope);
    if (one.type() == FactType.DECIMAL) return amongNumbers(one, many);
    if (one.constant().isPresent()) return Three.of(Truth.of(many.contains(one.constant().get())));
    var equal = new ArrayList<String>();
    for (var constant : many) {
      var other = values.constant(constant, looked);
      if (other.type() == one.type()) equal.add(Smt.equal(one.term(), other.term()));
    }
    return Three.where(one.known(), Smt.or(equal));
  }

  /// As comparisons have it: -0.0 is 0.0, and what is no number is not known to be any.
  private Three amongNumbers(ValueInSmt.Value one, Collection<?> many) {
    var equal = new ArrayList<Three>();
    for (var constant : many) {
      var other = values.constant(constant, false);
      equal.add(
          other.type() == FactType.DECIMAL
              ? Three.where(one.ordered(), Smt.equal(one.asCompared(), other.asCompared()))
              : Three.UNKNOWN);
    }
    var among = Three.any(equal);
    return new Three(Smt.and(one.known(), among.isTrue()), Smt.and(one.known(), among.isFalse()));
  }

  private Three inList(Term element, Fact list, Scope scope) {
    var looked = vocabulary.kin().inCharacters(list);
    var one = values.of(element, looked, scope);
    var known = Smt.and(one.known(), Symbols.known(list));
    if (one.type() != FactType.STRING) return Three.where(known, Smt.FALSE);
    var named = vocabulary.kin().constants(list);
    var text = one.constant().map(String::valueOf).orElse("");
    if (one.constant().isPresent() && named.contains(text))
      return Three.where(known, Symbols.has(list, named.indexOf(text)));
    var found = new ArrayList<String>();
    for (var there : elements(new Range.OfFact(list)))
      found.add(Smt.and(there.present(), Smt.equal(values.of(there, looked).term(), one.term())));
    return Three.where(known, Smt.or(found));
  }

  /// Everything that may be in a list.
  List<Scope.Element> elements(Range range) {
    var elements = new ArrayList<Scope.Element>();
    switch (range) {
      case Range.OfConstants(List<Object> constants) ->
          constants.forEach(one -> elements.add(new Scope.Element.Constant(one, Smt.TRUE)));
      case Range.OfFact(Fact list) -> {
        var named = vocabulary.kin().constants(list);
        for (int i = 0; i < named.size(); i++)
          elements.add(new Scope.Element.Constant(named.get(i), Symbols.has(list, i)));
        for (int i = 0; i < vocabulary.elements().others(list); i++)
          elements.add(new Scope.Element.Other(list, i));
      }
    }
    return elements;
  }

  Three text(Condition.Text text, Scope scope) {
    var whole = values.of(text.text(), true, scope);
    var part = values.of(text.part(), true, scope);
    if (whole.type() != FactType.STRING || part.type() != FactType.STRING) return Three.UNKNOWN;
    var holds =
        switch (text.where()) {
          case AT_START -> Smt.call("str.prefixof", part.term(), whole.term());
          case AT_END -> Smt.call("str.suffixof", part.term(), whole.term());
          case ANYWHERE -> Smt.call("str.contains", whole.term(), part.term());
        };
    return Three.where(Smt.and(whole.known(), part.known()), holds);
  }
}

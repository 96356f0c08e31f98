// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.IpAddress;
import dev.vigil.policy.Version;
import dev.vigil.policy.condition.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// Values of conditions as terms of the solver.
final class ValueInSmt {

  private final Vocabulary vocabulary;

  ValueInSmt(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// A value.
  ///
  /// @param known when it is known
  /// @param ordered when it is something that can be compared at all: not NaN
  /// @param constant the value itself, of constants
  record Value(
      FactType type, String term, String known, String ordered, Optional<Object> constant) {

    /// As comparisons see it: -0.0 is 0.0 there.
    String asCompared() {
      return type == FactType.DECIMAL
          ? Smt.choose(Smt.equal(term, Smt.number(-1)), "0", term)
          : term;
    }
  }

  /// @param looked whether texts are to be sequences of characters
  Value of(Term term, boolean looked, Scope scope) {
    return switch (term) {
      case Term.Read(Fact fact) -> fact(fact);
      case Term.Literal(Object constant) -> constant(constant, looked);
      case Term.Variable(int depth) -> of(scope.at(depth), looked);
      case Term.Size(Term of) -> size(of, scope);
    };
  }

  Value of(Scope.Element element, boolean looked) {
    return switch (element) {
      case Scope.Element.Constant(Object value, String ignored) -> constant(value, looked);
      case Scope.Element.Other(Fact list, int number) ->
          new Value(
              FactType.STRING, Symbols.other(list, number), Smt.TRUE, Smt.TRUE, Optional.empty());
    };
  }

  private static Value fact(Fact fact) {
    var value = Symbols.value(fact);
    return switch (fact.type()) {
      case BOOLEAN -> fact(fact, Smt.choose(value, "1", "0"), Smt.TRUE);
      case DECIMAL -> fact(fact, value, Smt.not(Symbols.isNan(fact)));
      case STRINGS -> throw new Outside.Reached("a list compared as a whole");
      case STRING, INTEGER, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS ->
          fact(fact, value, Smt.TRUE);
    };
  }

  private static Value fact(Fact fact, String term, String ordered) {
    return new Value(fact.type(), term, Symbols.known(fact), ordered, Optional.empty());
  }

  /// @throws Outside.Reached if there is no way to say it
  Value constant(Object constant, boolean looked) {
    var type = type(constant);
    var term =
        switch (constant) {
          case Boolean truth -> truth ? "1" : "0";
          case String text -> Texts.constant(text, looked, vocabulary);
          default ->
              Smt.number(
                  Symbols.carrier(type)
                      .orElseThrow(() -> new Outside.Reached("a list compared as a whole"))
                      .of(constant));
        };
    return new Value(type, term, Smt.TRUE, Smt.TRUE, Optional.of(constant));
  }

  private static FactType type(Object constant) {
    return switch (constant) {
      case Boolean ignored -> FactType.BOOLEAN;
      case String ignored -> FactType.STRING;
      case Long ignored -> FactType.INTEGER;
      case Double number when !number.isNaN() -> FactType.DECIMAL;
      case Version ignored -> FactType.VERSION;
      case LocalDate ignored -> FactType.DATE;
      case Instant ignored -> FactType.TIMESTAMP;
      case Duration ignored -> FactType.DURATION;
      case IpAddress ignored -> FactType.ADDRESS;
      default -> throw new Outside.Reached("a constant `" + constant + "`");
    };
  }

  private Value size(Term of, Scope scope) {
    if (of instanceof Term.Literal(Object constant)) return constantSize(constant);
    if (of instanceof Term.Read(Fact list) && list.type() == FactType.STRINGS)
      return number(Symbols.size(list), Symbols.known(list));
    if (of instanceof Term.Size) return number("0", Smt.FALSE);
    var text = of(of, true, scope);
    if (text.constant().isPresent()) return constantSize(text.constant().get());
    return text.type() == FactType.STRING
        ? number(Smt.call("str.len", text.term()), text.known())
        : number("0", Smt.FALSE);
  }

  private Value constantSize(Object constant) {
    return switch (constant) {
      case String text -> constant((long) text.codePointCount(0, text.length()), false);
      case java.util.Collection<?> many -> constant((long) many.size(), false);
      default -> number("0", Smt.FALSE);
    };
  }

  private static Value number(String term, String known) {
    return new Value(FactType.INTEGER, term, known, Smt.TRUE, Optional.empty());
  }
}

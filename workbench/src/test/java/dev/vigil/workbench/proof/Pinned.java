// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.workbench.request.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// One request before the solver: every symbol has the value that the request gives it.
final class Pinned {

  static final int ROOM = 3;

  private final Vocabulary vocabulary;
  private final ValueInSmt values;
  private final List<String> parts = new ArrayList<>();

  private Pinned(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.values = new ValueInSmt(vocabulary);
  }

  static String request(Vocabulary vocabulary, Given given, Instant at) {
    var pinned = new Pinned(vocabulary);
    pinned.parts.add(Smt.equal(Symbols.AT, Smt.number(Carrier.nanos(at))));
    vocabulary
        .windows()
        .forEach((window, number) -> {
          if (!new WindowInSmt(window).isExactAt(at))
            pinned.equal(Symbols.open(number), String.valueOf(window.at(at).inside()));
        });
    for (var fact : vocabulary.facts()) {
      var stated = given.facts().get(fact);
      pinned.parts.add(stated == null ? Smt.not(Symbols.known(fact)) : Symbols.known(fact));
      if (stated != null) pinned.fact(fact, stated, at);
    }
    return Smt.and(pinned.parts);
  }

  private void equal(String symbol, String value) {
    parts.add(Smt.equal(symbol, value));
  }

  private void fact(Fact fact, Given.Stated stated, Instant at) {
    equal(Symbols.tier(fact), Smt.number(Symbols.rank(stated.tier())));
    equal(Symbols.observed(fact), Smt.number(Carrier.nanos(stated.age().observed(at))));
    var value = stated.value().orElseThrow();
    var symbol = Symbols.value(fact);
    switch (value) {
      case Boolean flag -> parts.add(flag ? symbol : Smt.not(symbol));
      case Collection<?> list -> list(fact, list);
      case Double number -> {
        parts.add(number.isNaN() ? Symbols.isNan(fact) : Smt.not(Symbols.isNan(fact)));
        if (!number.isNaN()) equal(symbol, values.constant(number, false).term());
      }
      default -> equal(symbol, values.constant(value, vocabulary.kin().inCharacters(fact)).term());
    }
    if (fact.qualifiedName().equals("subject.id"))
      for (var rule : vocabulary.cohorts().keySet())
        equal(Symbols.place(rule), Smt.number(RequestInSmt.place(rule, String.valueOf(value))));
  }

  private void list(Fact fact, Collection<?> list) {
    var named = vocabulary.kin().constants(fact);
    for (int i = 0; i < named.size(); i++) {
      var has = Symbols.has(fact, i);
      parts.add(list.contains(named.get(i)) ? has : Smt.not(has));
    }
    var others = list.stream().filter(one -> !named.contains(one)).distinct().toList();
    for (int i = 0; i < vocabulary.elements().others(fact); i++) {
      var has = Symbols.hasOther(fact, i);
      parts.add(i < others.size() ? has : Smt.not(has));
      if (i < others.size())
        equal(
            Symbols.other(fact, i),
            values.constant(others.get(i), vocabulary.kin().inCharacters(fact)).term());
    }
    if (vocabulary.measured(fact)) equal(Symbols.size(fact), Smt.number(list.size()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.EvidenceTier;
import dev.vigil.kernel.Sha256;
import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.condition.Window;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Every request there could be, as declarations: for each fact whether it is known, its value, the
/// tier and the time of its evidence; and the time of the request.
final class RequestInSmt {

  private final Vocabulary vocabulary;
  private final StringBuilder script = new StringBuilder();
  private final List<String> symbols = new ArrayList<>();

  private RequestInSmt(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// @param script the declarations
  /// @param symbols all that a model gives a value
  record Declared(String script, List<String> symbols) {
    Declared {
      symbols = List.copyOf(symbols);
    }
  }

  /// @throws Outside.Reached if the lists would need too many elements
  static Declared declare(Vocabulary vocabulary) {
    var request = new RequestInSmt(vocabulary);
    request.declare(Symbols.AT, "Int");
    request.require(Carrier.TIMESTAMP.exists(Symbols.AT));
    vocabulary.windows().forEach(request::window);
    vocabulary.facts().forEach(request::fact);
    vocabulary.cohorts().keySet().forEach(request::cohort);
    return new Declared(request.script.toString(), request.symbols);
  }

  private void declare(String symbol, String sort) {
    script.append("(declare-const ").append(symbol).append(' ').append(sort).append(")\n");
    symbols.add(symbol);
  }

  private void require(String term) {
    if (!term.equals(Smt.TRUE)) script.append("(assert ").append(term).append(")\n");
  }

  private void window(Window window, int number) {
    var open = Symbols.open(number);
    declare(open, "Bool");
    script
        .append("(define-fun ")
        .append(Symbols.inside(number))
        .append(" () Bool ")
        .append(new WindowInSmt(window).inside(open))
        .append(")\n");
  }

  private void fact(Fact fact) {
    declare(Symbols.known(fact), "Bool");
    declare(Symbols.tier(fact), "Int");
    require(
        Smt.between(
            Symbols.tier(fact),
            BigInteger.ZERO,
            BigInteger.valueOf(EvidenceTier.values().length - 1)));
    declare(Symbols.observed(fact), "Int");
    require(Carrier.TIMESTAMP.exists(Symbols.observed(fact)));
    switch (fact.type()) {
      case BOOLEAN -> declare(Symbols.value(fact), "Bool");
      case STRING -> text(fact);
      case STRINGS -> list(fact);
      case INTEGER, DECIMAL, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS -> number(fact);
    }
  }

  private void number(Fact fact) {
    declare(Symbols.value(fact), "Int");
    Symbols.carrier(fact.type()).ifPresent(carrier -> require(carrier.exists(Symbols.value(fact))));
    if (fact.type() == FactType.DECIMAL) declare(Symbols.isNan(fact), "Bool");
  }

  private String sort(Fact fact) {
    return vocabulary.kin().inCharacters(fact) ? "String" : "Int";
  }

  private String constant(Fact fact, String text) {
    return Texts.constant(text, vocabulary.kin().inCharacters(fact), vocabulary);
  }

  private void text(Fact fact) {
    var value = Symbols.value(fact);
    declare(value, sort(fact));
    if (!fact.allowed().isEmpty()) {
      require(
          Smt.or(
              fact.allowed().stream()
                  .sorted()
                  .map(text -> Smt.equal(value, constant(fact, text)))
                  .toList()));
    } else if (!vocabulary.kin().inCharacters(fact)) {
      require(Smt.call("<=", "0", value));
    }
  }

  private void list(Fact fact) {
    var named = vocabulary.kin().constants(fact);
    var present = new ArrayList<String>();
    for (int i = 0; i < named.size(); i++) {
      declare(Symbols.has(fact, i), "Bool");
      present.add(Symbols.has(fact, i));
    }
    int others = vocabulary.elements().others(fact);
    for (int i = 0; i < others; i++) {
      present.add(Symbols.hasOther(fact, i));
      other(fact, i, named);
    }
    if (vocabulary.measured(fact)) size(fact, present);
  }

  /// An element that no condition names, and no other element is.
  private void other(Fact fact, int number, List<String> named) {
    var value = Symbols.other(fact, number);
    declare(Symbols.hasOther(fact, number), "Bool");
    declare(value, sort(fact));
    if (!vocabulary.kin().inCharacters(fact)) require(Smt.call("<=", "0", value));
    for (var text : named) require(Smt.not(Smt.equal(value, constant(fact, text))));
    for (int i = 0; i < number; i++) {
      require(
          Smt.not(
              Smt.and(
                  Symbols.hasOther(fact, i),
                  Symbols.hasOther(fact, number),
                  Smt.equal(Symbols.other(fact, i), value))));
    }
  }

  /// A list may hold an element twice, so it can be longer than the number of its elements, unless
  /// there are none.
  private void size(Fact fact, List<String> present) {
    var size = Symbols.size(fact);
    declare(size, "Int");
    var count = Smt.sum(present.stream().map(has -> Smt.choose(has, "1", "0")).toList());
    require(Smt.call("<=", count, size, Smt.number(Integer.MAX_VALUE)));
    require(Smt.implies(Smt.not(Smt.equal(size, "0")), Smt.or(present)));
  }

  /// A subject's place follows from its id. For ids that are texts of the policy it is computed,
  /// for all others it can be any.
  private void cohort(String rule) {
    var place = Symbols.place(rule);
    declare(place, "Int");
    require(Smt.between(place, BigInteger.ZERO, BigInteger.valueOf(9_999)));
    vocabulary.facts().stream()
        .filter(fact -> fact.qualifiedName().equals("subject.id"))
        .forEach(id -> placed(id, rule));
  }

  private void placed(Fact id, String rule) {
    var texts =
        vocabulary.kin().inCharacters(id)
            ? vocabulary.kin().constants(id)
            : vocabulary.codes().keySet();
    for (var text : texts)
      require(
          Smt.implies(
              Smt.equal(Symbols.value(id), constant(id, text)),
              Smt.equal(Symbols.place(rule), Smt.number(place(rule, text)))));
  }

  /// Where a subject stands, as [dev.vigil.policy.condition.Condition.Cohort] has it.
  static long place(String rule, String subject) {
    byte[] digest = Sha256.of((rule + "\n" + subject).getBytes(StandardCharsets.UTF_8)).bytes();
    return Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), 10_000);
  }

  /// A request that people can read: about now, with evidence of the last years, short texts, small
  /// numbers. Only for choosing among counterexamples, never for finding out whether there are any.
  static String plausible(Vocabulary vocabulary, Instant now) {
    var parts = new ArrayList<String>();
    parts.add(Smt.equal(Symbols.AT, Smt.number(Carrier.nanos(now))));
    for (var fact : vocabulary.facts()) {
      parts.add(
          Smt.call(
              "<=",
              Smt.number(Carrier.nanos(now.minusSeconds(300_000_000))),
              Symbols.observed(fact),
              Symbols.AT));
      plausible(fact, vocabulary, parts);
    }
    return Smt.and(parts);
  }

  private static void plausible(Fact fact, Vocabulary vocabulary, List<String> parts) {
    var value = Symbols.value(fact);
    switch (fact.type()) {
      case INTEGER -> parts.add(Smt.call("<=", "0", value));
      case DECIMAL -> parts.add(Smt.not(Symbols.isNan(fact)));
      case ADDRESS -> parts.add(Smt.call("<", value, Smt.number(BigInteger.TWO.pow(32))));
      case STRING -> {
        if (vocabulary.kin().inCharacters(fact)) parts.add(Texts.printable(value));
      }
      case STRINGS -> {
        if (vocabulary.measured(fact)) parts.add(Smt.call("<=", Symbols.size(fact), "8"));
      }
      case BOOLEAN, VERSION, DATE, TIMESTAMP, DURATION -> {}
    }
  }
}

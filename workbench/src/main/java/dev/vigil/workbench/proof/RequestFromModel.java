// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.Fact;
import dev.vigil.workbench.proof.Words.Model;
import dev.vigil.workbench.request.Given;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Makes the request that a model of the solver stands for.
final class RequestFromModel {

  private static final int MOST_TRIED = 200_000;
  private static final int LONGEST_LIST = 10_000;

  private final Vocabulary vocabulary;
  private final Model model;
  private final Map<BigInteger, String> texts = new HashMap<>();

  private RequestFromModel(Vocabulary vocabulary, Model model) {
    this.vocabulary = vocabulary;
    this.model = model;
    vocabulary.codes().forEach((text, code) -> texts.put(BigInteger.valueOf(code), text));
  }

  /// What is known at a time.
  record Found(Given given, Instant at) {}

  /// @throws Outside.Reached if the model means a request that cannot be written down
  static Found of(Vocabulary vocabulary, Model model) {
    var reader = new RequestFromModel(vocabulary, model);
    var stated = new LinkedHashMap<Fact, Given.Stated>();
    vocabulary.facts().stream()
        .filter(fact -> fact.qualifiedName().equals("subject.id"))
        .forEach(reader::nameSubject);
    for (var fact : vocabulary.facts()) {
      if (model.holds(Symbols.known(fact))) stated.put(fact, reader.stated(fact));
    }
    return new Found(new Given(stated), Carrier.time(model.number(Symbols.AT)));
  }

  private Given.Stated stated(Fact fact) {
    var tier = Symbols.tier(model.number(Symbols.tier(fact)).intValueExact());
    var observed = Carrier.time(model.number(Symbols.observed(fact)));
    return new Given.Stated(Optional.of(value(fact)), tier, new Given.Age.At(observed));
  }

  private Object value(Fact fact) {
    var symbol = Symbols.value(fact);
    return switch (fact.type()) {
      case BOOLEAN -> model.holds(symbol);
      case STRING -> text(fact, symbol);
      case STRINGS -> list(fact);
      case DECIMAL ->
          model.holds(Symbols.isNan(fact))
              ? Double.NaN
              : Carrier.DECIMAL.back(model.number(symbol));
      case INTEGER, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS ->
          Symbols.carrier(fact.type()).orElseThrow().back(model.number(symbol));
    };
  }

  private String text(Fact fact, String symbol) {
    return vocabulary.kin().inCharacters(fact)
        ? model.text(symbol)
        : texts.computeIfAbsent(model.number(symbol), this::newText);
  }

  /// A text for a number that stands for none yet.
  private String newText(BigInteger code) {
    for (int i = 0; ; i++) {
      var text = "other-" + code + "x".repeat(i);
      if (!texts.containsValue(text)) return text;
    }
  }

  private List<String> list(Fact fact) {
    var elements = new ArrayList<String>();
    var named = vocabulary.kin().constants(fact);
    for (int i = 0; i < named.size(); i++)
      if (model.holds(Symbols.has(fact, i))) elements.add(named.get(i));
    IntStream.range(0, vocabulary.elements().others(fact))
        .filter(i -> model.holds(Symbols.hasOther(fact, i)))
        .forEach(i -> elements.add(text(fact, Symbols.other(fact, i))));
    if (vocabulary.measured(fact)) lengthen(elements, model.number(Symbols.size(fact)));
    return List.copyOf(elements);
  }

  private static void lengthen(List<String> elements, BigInteger size) {
    if (size.compareTo(BigInteger.valueOf(LONGEST_LIST)) > 0)
      throw new Outside.Reached("a list of " + size + " elements");
    while (elements.size() < size.intValueExact()) elements.add(elements.getFirst());
  }

  /// The subject's id decides about canaries, so it has to be one that falls where the model says.
  private void nameSubject(Fact id) {
    if (vocabulary.cohorts().isEmpty() || !model.holds(Symbols.known(id))) return;
    var symbol = Symbols.value(id);
    if (vocabulary.kin().inCharacters(id) || texts.containsKey(model.number(symbol))) {
      if (!fits(text(id, symbol))) throw unfit();
      return;
    }
    var name =
        IntStream.range(1, MOST_TRIED)
            .mapToObj(i -> "subject-" + i)
            .filter(text -> !texts.containsValue(text) && fits(text))
            .findFirst();
    texts.put(model.number(symbol), name.orElseThrow(RequestFromModel::unfit));
  }

  private static Outside.Reached unfit() {
    return new Outside.Reached("a subject's id that falls into the same canaries was not found");
  }

  private boolean fits(String subject) {
    return vocabulary.cohorts().entrySet().stream()
        .allMatch(cohort -> {
          long place = RequestInSmt.place(cohort.getKey(), subject);
          long wanted = model.number(Symbols.place(cohort.getKey())).longValueExact();
          return cohort.getValue().stream().allMatch(share -> (place < share) == (wanted < share));
        });
  }
}

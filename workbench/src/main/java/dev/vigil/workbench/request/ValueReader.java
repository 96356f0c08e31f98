// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.request;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactType;
import dev.vigil.policy.language.Place;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the value of a fact; reports what is none, by the fact's name.
final class ValueReader {

  private static final int MOST_WORDS = 1000;
  private static final int LONGEST_WORD = 4096;

  private final Report report;

  ValueReader(Report report) {
    this.report = report;
  }

  Optional<Object> read(Fact fact, Node node) {
    if (fact.type() == FactType.STRINGS) return words(fact, node).map(Object.class::cast);
    if (!(node instanceof Node.Scalar scalar) || scalar.isNothing())
      return refused(fact, node.place(), "is " + node.kind());
    return scalar(fact, scalar);
  }

  private Optional<Object> scalar(Fact fact, Node.Scalar scalar) {
    if (!fits(fact.type(), scalar.form()))
      return refused(fact, scalar.place(), "cannot be " + shown(scalar));
    var value = FactText.parse(fact.type(), scalar.text());
    if (value.isEmpty() || scalar.text().isEmpty() || scalar.text().length() > LONGEST_WORD)
      return refused(fact, scalar.place(), "cannot be " + shown(scalar));
    if (fact.allowed().isEmpty() || fact.allowed().contains(scalar.text())) return value;
    report.problem(
        scalar.place(),
        "`" + fact.qualifiedName() + "` cannot be " + shown(scalar),
        "it is one of a few words",
        report.instead(scalar.text(), fact.allowed()));
    return Optional.empty();
  }

  /// Numbers and flags are written without quotes, all else in quotes where the document can tell.
  private static boolean fits(FactType type, Node.Form form) {
    return switch (type) {
      case BOOLEAN, INTEGER, DECIMAL -> form != Node.Form.QUOTED;
      case STRING, STRINGS, VERSION, DATE, TIMESTAMP, DURATION, ADDRESS -> form != Node.Form.BARE;
    };
  }

  private static String shown(Node.Scalar scalar) {
    return scalar.form() == Node.Form.QUOTED
        ? "`\"" + scalar.text() + "\"`"
        : "`" + scalar.text() + "`";
  }

  private Optional<List<String>> words(Fact fact, Node node) {
    if (!(node instanceof Node.Items(List<Node> items, Place place))) {
      refused(fact, node.place(), "is " + node.kind());
      return Optional.empty();
    }
    if (items.size() > MOST_WORDS) {
      refused(fact, place, "has " + items.size() + " entries, more than " + MOST_WORDS);
      return Optional.empty();
    }
    var words = new ArrayList<String>();
    for (var item : items) word(fact, item).ifPresent(words::add);
    return words.size() == items.size() ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  private Optional<String> word(Fact fact, Node item) {
    if (item instanceof Node.Scalar scalar
        && !scalar.isNothing()
        && scalar.form() != Node.Form.BARE
        && !scalar.text().isEmpty()
        && scalar.text().length() <= LONGEST_WORD
        && (fact.allowed().isEmpty() || fact.allowed().contains(scalar.text())))
      return Optional.of(scalar.text());
    refused(fact, item.place(), "has an entry that is not text it may hold");
    return Optional.empty();
  }

  private Optional<Object> refused(Fact fact, Place place, String what) {
    report.problem(
        place,
        "`" + fact.qualifiedName() + "` " + what,
        "it is " + noun(fact.type()),
        FactText.help(fact.type()));
    return Optional.empty();
  }

  private static String noun(FactType type) {
    return switch (type) {
      case BOOLEAN -> "true or false";
      case STRING -> "text";
      case INTEGER -> "a whole number";
      case DECIMAL -> "a number";
      case STRINGS -> "a list of texts";
      case VERSION -> "a version";
      case DATE -> "a date";
      case TIMESTAMP -> "a time";
      case DURATION -> "a duration";
      case ADDRESS -> "an IP address";
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.language.Place;
import dev.vigil.workbench.Answer;
import dev.vigil.workbench.document.Keys;
import dev.vigil.workbench.document.Node;
import dev.vigil.workbench.document.Report;
import dev.vigil.workbench.request.FactText;
import dev.vigil.workbench.suite.Expectation.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Reads what a case expects: one word, or a mapping.
final class ExpectationReader {

  private static final List<String> KEYS =
      List.of("outcome", "deciding", "unmet", "steps", "restrictions", "if_enforced");
  private static final List<String> RESTRICTIONS =
      List.of("read_only", "no_download", "maximum_age", "methods");
  private static final List<String> STEP = List.of("authenticate", "max_age", "transaction");

  private final Report report;

  ExpectationReader(Report report) {
    this.report = report;
  }

  Optional<Expectation> read(Node node) {
    if (node instanceof Node.Scalar word) return answer(word).map(Expectation::of);
    var keys = Keys.of(node, "`expect`", KEYS, report);
    keys.require("outcome", "outcome: deny");
    var outcome = keys.text("outcome").flatMap(this::answer);
    var deciding = names(keys, "deciding");
    var unmet = keys.find("unmet").map(ignored -> names(keys, "unmet"));
    var steps = keys.find("steps").map(this::steps);
    var restrictions = keys.find("restrictions").map(this::restrictions);
    var ifEnforced = keys.text("if_enforced").flatMap(this::answer);
    return outcome.map(
        answer -> new Expectation(answer, deciding, unmet, steps, restrictions, ifEnforced));
  }

  private Optional<Answer> answer(Node.Scalar word) {
    var answer = Answer.labelled(word.text());
    if (answer.isEmpty())
      report.problem(
          word.place(),
          "no decision is `" + word.text() + "`",
          "there are five",
          report.instead(word.text(), Answer.labels()));
    return answer;
  }

  private List<Named> names(Keys keys, String key) {
    return keys.texts(key).stream().map(one -> new Named(one.text(), one.place())).toList();
  }

  private List<WantedStep> steps(Node node) {
    var items = node instanceof Node.Items(List<Node> many, Place ignored) ? many : List.of(node);
    var steps = new ArrayList<WantedStep>();
    for (var item : items) {
      if (item instanceof Node.Scalar word) steps.add(new WantedStep.Word(word.text()));
      else steps.add(authentication(Keys.of(item, "a step", STEP, report)));
    }
    return steps;
  }

  private WantedStep authentication(Keys keys) {
    keys.require("authenticate", "authenticate: passkey");
    return new WantedStep.Authentication(
        keys.text("authenticate").map(Node.Scalar::text).orElse(""),
        duration(keys, "max_age"),
        flag(keys, "transaction"));
  }

  private Obligations restrictions(Node node) {
    if (node instanceof Node.Scalar word && word.text().equals("none")) return Obligations.NONE;
    var keys = Keys.of(node, "`restrictions`", RESTRICTIONS, report);
    var methods = new LinkedHashSet<String>();
    keys.texts("methods").forEach(method -> methods.add(method.text()));
    return new Obligations(
        flag(keys, "read_only"), flag(keys, "no_download"), duration(keys, "maximum_age"), methods);
  }

  private boolean flag(Keys keys, String key) {
    var word = keys.text(key);
    if (word.isPresent() && !List.of("true", "false").contains(word.get().text()))
      report.problem(
          word.get().place(),
          "`" + key + "` cannot be `" + word.get().text() + "`",
          "it is true or false",
          "write `" + key + ": true`");
    return word.map(Node.Scalar::text).equals(Optional.of("true"));
  }

  private Optional<Duration> duration(Keys keys, String key) {
    var word = keys.text(key);
    var duration = word.flatMap(text -> FactText.duration(text.text()));
    if (word.isPresent() && duration.isEmpty())
      report.problem(
          word.get().place(),
          "`" + key + "` cannot be `" + word.get().text() + "`",
          "it is a duration",
          "write it like `8h`, `30d` or `1h30m`");
    return duration;
  }
}

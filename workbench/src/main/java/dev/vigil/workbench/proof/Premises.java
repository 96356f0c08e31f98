// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import dev.vigil.workbench.proof.RulesInSmt.Frame;
import dev.vigil.workbench.proof.RulesInSmt.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// All that the solver has to know before it is asked: what a request is, what conditions mean,
/// what sets of rules come to.
final class Premises {

  private final Vocabulary vocabulary;
  private final RequestInSmt.Declared request;
  private final StringBuilder definitions = new StringBuilder();
  private final ConditionInSmt conditions;
  private final List<Map<String, Said>> said = new ArrayList<>();
  private final List<Rules> sets;
  private final Set<Outside> outside = new LinkedHashSet<>();

  private Premises(Vocabulary vocabulary, List<Rules> sets) {
    this.vocabulary = vocabulary;
    this.sets = sets;
    this.request = RequestInSmt.declare(vocabulary);
    this.conditions = new ConditionInSmt(vocabulary, definitions);
    for (int i = 0; i < sets.size(); i++) {
      var rules = new RulesInSmt(conditions, definitions);
      said.add(rules.say(sets.get(i), prefix(i)));
      outside.addAll(rules.outside());
    }
  }

  /// @param asked conditions beside those of the rules
  /// @throws Outside.Reached if not even the request can be said
  static Premises of(List<Rules> sets, List<Condition> asked) {
    return of(sets, asked, 0);
  }

  /// @param leastElements as in [Vocabulary]
  static Premises of(List<Rules> sets, List<Condition> asked, int leastElements) {
    var vocabulary = new Vocabulary(leastElements);
    for (var rules : sets) {
      for (var rule : rules.all()) {
        if (rule.mode() == Rule.Mode.REPORT) continue;
        vocabulary.add(RulesInSmt.full(rule));
        rule.requirements().forEach(r -> vocabulary.add(r.condition()));
      }
    }
    asked.forEach(vocabulary::add);
    return new Premises(vocabulary, List.copyOf(sets));
  }

  private static String prefix(int set) {
    return set + " ";
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /// Whether everything is said exactly of requests at a time.
  boolean isExactAt(Instant time) {
    return vocabulary.windows().keySet().stream()
        .allMatch(window -> new WindowInSmt(window).isExactAt(time));
  }

  /// What of the rules could not be said. If there is anything, no judgement means anything.
  List<Outside> outside() {
    return List.copyOf(outside);
  }

  /// The rules of a set that decide, by name.
  Map<String, Said> rules(int set) {
    return said.get(set);
  }

  /// What a set of rules comes to; empty if it cannot be said.
  Optional<Grant> judge(int set) {
    return judge(set, "", rule -> Smt.TRUE);
  }

  /// What the rules come to that are switched on.
  ///
  /// @param name of this judgement, to tell it from others of the same set
  Optional<Grant> judge(int set, String name, UnaryOperator<String> switched) {
    if (!outside.isEmpty()) return Optional.empty();
    try {
      var frame = Frame.of(prefix(set) + name, sets);
      return Optional.of(RulesInSmt.judge(said.get(set), frame, switched, definitions));
    } catch (Outside.Reached e) {
      outside.add(new Outside("all rules together", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /// A condition that was asked about.
  ///
  /// @throws Outside.Reached if it cannot be said
  Three condition(Condition condition) {
    return conditions.of(condition);
  }

  /// Declares a truth value that each question may choose.
  String declareSwitch(String name) {
    var symbol = Smt.symbol("on " + name);
    definitions.append("(declare-const ").append(symbol).append(" Bool)\n");
    return symbol;
  }

  /// The text for the solver.
  String script() {
    return request.script() + definitions;
  }

  /// All that a model gives a value.
  List<String> symbols() {
    return request.symbols();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.rule.Restrictions;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What the rules that decide mean: the policy engine's judgement, as terms over every request.
final class RulesInSmt {

  private final ConditionInSmt conditions;
  private final StringBuilder script;
  private final List<Outside> outside = new ArrayList<>();

  RulesInSmt(ConditionInSmt conditions, StringBuilder script) {
    this.conditions = conditions;
    this.script = script;
  }

  /// A rule that decides, as terms.
  ///
  /// @param applies when it applies, with unknown counted as its kind says
  /// @param met when all its requirements are met
  record Said(Rule rule, String applies, String met) {}

  /// What a judgement is named and spoken of in.
  ///
  /// @param prefix begins the names of what is defined
  /// @param methods all methods that any rule lists, also those of other judgements
  record Frame(String prefix, SortedSet<String> methods) {
    static Frame of(String prefix, List<Rules> rules) {
      var methods = new TreeSet<String>();
      for (var some : rules)
        for (var rule : some.all()) methods.addAll(rule.restrictions().methods());
      return new Frame(prefix, methods);
    }
  }

  /// What could not be said.
  List<Outside> outside() {
    return List.copyOf(outside);
  }

  /// All rules that decide, defined under names that begin with a prefix.
  Map<String, Said> say(Rules rules, String prefix) {
    var said = new LinkedHashMap<String, Said>();
    for (var rule : rules.all()) {
      if (rule.mode() == Rule.Mode.REPORT) continue;
      try {
        said.put(rule.name(), say(rule, prefix));
      } catch (Outside.Reached e) {
        outside.add(new Outside(rule.name(), String.valueOf(e.getMessage())));
      }
    }
    return said;
  }

  private Said say(Rule rule, String prefix) {
    var when = conditions.of(full(rule));
    var applies =
        switch (rule.unknown()) {
          case MATCHES -> Smt.not(when.isFalse());
          case SKIPS -> when.isTrue();
        };
    if (!Restrictions.leaveSomething(rule.restrictions()))
      throw new Outside.Reached("restrictions that leave nothing to do");
    var met =
        Smt.and(
            rule.requirements().stream().map(r -> conditions.of(r.condition()).isTrue()).toList());
    return new Said(
        rule,
        define(prefix + "applies " + rule.name(), applies),
        define(prefix + "met " + rule.name(), met));
  }

  /// The condition of a rule with its app's.
  static Condition full(Rule rule) {
    var parts = new ArrayList<>(rule.apps().conditions());
    parts.add(rule.when().condition());
    return new Condition.And(parts);
  }

  private String define(String name, String term) {
    if (term.equals(Smt.TRUE) || term.equals(Smt.FALSE)) return term;
    var symbol = Smt.symbol(name);
    script.append("(define-fun ").append(symbol).append(" () Bool ").append(term).append(")\n");
    return symbol;
  }

  /// The judgement of rules that were said, each of them in force where `switched` says so.
  static Grant judge(
      Map<String, Said> rules, Frame frame, UnaryOperator<String> switched, StringBuilder script) {
    var inForce = new ArrayList<Said>();
    rules.forEach((name, said) ->
        inForce.add(
            new Said(said.rule(), Smt.and(switched.apply(name), said.applies()), said.met())));
    return new JudgementInSmt(inForce, frame, script).grant();
  }
}

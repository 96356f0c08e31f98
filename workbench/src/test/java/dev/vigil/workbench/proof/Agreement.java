// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.policy.rule.Rule;
import dev.vigil.workbench.request.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Holds the solver's reading of policies against the engine's, one request at a time.
final class Agreement {

  private final Solver solver;
  private final CompiledPolicySet set;
  private final List<Condition> conditions;
  private final Premises premises;
  private final Grant grant;

  Agreement(Solver solver, CompiledPolicySet set, List<Condition> more) {
    this.solver = solver;
    this.set = set;
    this.premises = Premises.of(List.of(set.rules()), more, Pinned.ROOM);
    this.grant =
        premises.judge(0).orElseThrow(() -> new AssertionError(premises.outside().toString()));
    this.conditions = new ArrayList<>(more);
    for (var rule : set.rules().all()) {
      if (rule.mode() == Rule.Mode.REPORT) continue;
      conditions.add(RulesInSmt.full(rule));
      rule.requirements().forEach(r -> conditions.add(r.condition()));
    }
    conditions.forEach(premises::condition);
    if (solver.suppose(premises.script()) instanceof Solver.Answer.Nothing(String why))
      throw new AssertionError(why + "\n" + premises.script());
  }

  RandomRequests requests(Random random) {
    return new RandomRequests(random, premises.vocabulary().facts(), conditions);
  }

  List<Condition> conditions() {
    return conditions;
  }

  static Truth truth(Condition condition, AccessRequest request) {
    return condition.truth(new Evaluation(request));
  }

  /// What they do not agree on; empty if on everything.
  Optional<String> difference(Given given, Instant at) {
    var request = given.at(at);
    var pin = Pinned.request(premises.vocabulary(), given, request.at());
    var expected = expected(request);
    var question =
        "(push 1)(assert "
            + pin
            + ")(check-sat)(assert (not "
            + Smt.and(expected)
            + "))(check-sat)(pop 1)";
    var answer = solver.ask(question);
    return answer instanceof Solver.Answer.Words(String text)
            && text.strip().matches("sat\\s+unsat")
        ? Optional.empty()
        : Optional.of(answer + explained(request, pin));
  }

  private String explained(AccessRequest request, String pin) {
    var wrong = new StringBuilder();
    for (var term : expected(request)) {
      var answer =
          solver.ask("(push 1)(assert " + pin + ")(assert (not " + term + "))(check-sat)(pop 1)");
      if (!answer.equals(new Solver.Answer.Words("unsat\n")))
        wrong.append("\n  not ").append(term).append(": ").append(answer);
    }
    return wrong.toString();
  }

  private List<String> expected(AccessRequest request) {
    var terms = new ArrayList<String>();
    for (var condition : conditions) {
      var three = premises.condition(condition);
      var truth = truth(condition, request);
      terms.add(Smt.equal(three.isTrue(), String.valueOf(truth == Truth.TRUE)));
      terms.add(Smt.equal(three.isFalse(), String.valueOf(truth == Truth.FALSE)));
    }
    var decision = set.decide(request);
    terms.add(Smt.equal(grant.allow(), String.valueOf(decision.allows())));
    for (var outcome : Property.Outcome.values())
      terms.add(Smt.equal(outcome.in(grant), String.valueOf(outcome.of(decision))));
    if (decision instanceof Decision.Allow allow) terms.addAll(obligations(allow));
    return terms;
  }

  private List<String> obligations(Decision.Allow allow) {
    var o = allow.obligations();
    var terms = new ArrayList<String>();
    terms.add(Smt.equal(grant.readOnly(), String.valueOf(o.readOnly())));
    terms.add(Smt.equal(grant.noDownload(), String.valueOf(o.noDownload())));
    for (var limit : Limit.values())
      terms.add(
          Smt.equal(
              grant.limits().getOrDefault(limit.title(), ""),
              limit
                  .of(o)
                  .map(duration -> Smt.number(Carrier.DURATION.of(duration)))
                  .orElse(Smt.number(-1))));
    terms.add(Smt.equal(grant.listed(), String.valueOf(!o.methods().isEmpty())));
    if (!o.methods().isEmpty())
      grant
          .methods()
          .forEach((method, allowed) ->
              terms.add(Smt.equal(allowed, String.valueOf(o.methods().contains(method)))));
    return terms;
  }

  /// The same with as few facts as still make them differ.
  Given shrunk(Given given, Instant at) {
    var least = new LinkedHashMap<>(given.facts());
    for (Fact fact : List.copyOf(least.keySet())) {
      var less = new LinkedHashMap<>(least);
      less.remove(fact);
      if (difference(new Given(less), at).isPresent()) least.remove(fact);
    }
    return new Given(least);
  }
}

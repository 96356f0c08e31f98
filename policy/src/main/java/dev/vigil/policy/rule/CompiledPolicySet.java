// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Supposition;
import dev.vigil.policy.condition.Trace;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Rules made ready to decide. Any number of threads may ask at once.
public final class CompiledPolicySet implements PolicySet {

  private static final int MOST_DEPENDENCIES_KEPT = 1024;

  private final long version;
  private final Rules rules;
  private final RuleIndex enforced;
  private final RuleIndex all;
  private final Map<String, RuleIndex> reported = new LinkedHashMap<>();
  private final Map<BitSet, Set<Fact>> dependencies = new ConcurrentHashMap<>();

  public CompiledPolicySet(Rules rules, long version) {
    this.version = version;
    this.rules = rules;
    this.enforced = new RuleIndex(rules.enforced());
    this.all = new RuleIndex(rules);
    for (var rule : rules.all()) {
      if (rule.mode() == Rule.Mode.REPORT)
        reported.put(rule.name(), new RuleIndex(rules.enforcedAnd(rule)));
    }
  }

  @Override
  public long version() {
    return version;
  }

  /// The rules it was made of.
  public Rules rules() {
    return rules;
  }

  @Override
  public Decision decide(AccessRequest request) {
    return decide(request, enforced);
  }

  /// What would be decided if the rules that are only reported on decided too.
  public Shadow shadow(AccessRequest request) {
    var alone = new LinkedHashMap<String, Decision>();
    reported.forEach((name, index) -> alone.put(name, decide(request, index)));
    return new Shadow(decide(request, all), alone);
  }

  /// Every rule and what it came to, for an administrator.
  public Explanation explain(AccessRequest request) {
    return Explanation.of(decide(request), rules, request);
  }

  private Decision decide(AccessRequest request, RuleIndex index) {
    var trace = new Trace();
    var on = new Evaluation(request, Supposition.NONE, trace);
    var applicable = index.of(on);
    var verdict = Judge.judge(applicable, on);
    var until =
        trace.turns().equals(Instant.MAX)
            ? Instant.MAX
            : standsUntil(verdict, applicable, request, trace);
    var facts = dependencies(trace);
    return verdict.with(
        (deciding, reasons) -> new Decision.Basis(deciding, reasons, until, facts, version));
  }

  /// Time changes nothing before something that was read turns; whether that turn changes the
  /// answer is found out by deciding at that very time.
  private static Instant standsUntil(
      Verdict verdict, RuleIndex.Applicable applicable, AccessRequest request, Trace trace) {
    var until = trace.turns();
    while (!until.equals(Instant.MAX)) {
      var later = trace.forAnotherTime();
      if (!verdict.sameAnswerAs(
          Judge.judge(applicable, new Evaluation(request.at(until), Supposition.NONE, later))))
        return until;
      until = later.turns();
    }
    return until;
  }

  private Set<Fact> dependencies(Trace trace) {
    var known = dependencies.get(trace.key());
    if (known != null) return known;
    var facts = trace.facts();
    if (dependencies.size() < MOST_DEPENDENCIES_KEPT)
      dependencies.put((BitSet) trace.key().clone(), facts);
    return facts;
  }
}

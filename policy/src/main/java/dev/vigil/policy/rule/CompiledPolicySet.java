// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.Decision;
import dev.vigil.policy.Fact;
import dev.vigil.policy.PolicySet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Rules made ready to decide. Any number of threads may ask at once.
public final class CompiledPolicySet implements PolicySet {

  private final long version;
  private final Rules rules;
  private final Engine enforced;
  private final List<String> reported;
  private final Map<String, Engine> supposed = new ConcurrentHashMap<>();

  public CompiledPolicySet(Rules rules, long version) {
    this.version = version;
    this.rules = rules;
    this.enforced = new Engine(rules.enforced(), version);
    this.reported =
        rules.all().stream()
            .filter(rule -> rule.mode() == Rule.Mode.REPORT)
            .map(Rule::name)
            .toList();
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
    return enforced.decide(request);
  }

  @Override
  public boolean conceivable(AccessRequest request) {
    return Prospect.of(rules.enforced(), request);
  }

  @Override
  public Set<Fact> mentioned() {
    return rules.all().stream()
        .flatMap(rule -> FactMentions.of(rule).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What would be decided if the rules that are only reported on decided too.
  public Shadow shadow(AccessRequest request) {
    var alone = new LinkedHashMap<String, Decision>();
    for (var name : reported)
      alone.put(name, supposing(name, rules.enforcedAnd(name)).decide(request));
    var together = reported.isEmpty() ? enforced : supposing("", rules);
    return new Shadow(together.decide(request), alone);
  }

  /// Made when first asked for: most sets are never asked.
  private Engine supposing(String name, Rules deciding) {
    return supposed.computeIfAbsent(name, n -> new Engine(deciding, version));
  }

  /// Every rule and what it came to, for an administrator.
  public Explanation explain(AccessRequest request) {
    return Explanation.of(decide(request), rules, request);
  }
}

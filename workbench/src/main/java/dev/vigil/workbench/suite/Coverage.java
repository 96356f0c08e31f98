// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.suite;

import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.Explanation;
import dev.vigil.policy.rule.Explanation.Kind;
import dev.vigil.policy.rule.Explanation.RuleView;
import dev.vigil.policy.rule.Requirement;
import dev.vigil.policy.rule.Rule;
import dev.vigil.policy.rule.Rules;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What cases have made of each rule: whether it applied at all, and if it requires something,
/// whether that was met and whether each requirement was unmet.
public final class Coverage {

  private final Map<String, OfRule> rules = new LinkedHashMap<>();

  Coverage(Rules rules) {
    for (var rule : rules.all()) this.rules.put(rule.name(), new OfRule(rule));
  }

  void add(Explanation explanation) {
    for (var view : explanation.rules()) {
      var rule = rules.get(view.name());
      if (rule != null) rule.add(view);
    }
  }

  /// Every rule in the order of the policies.
  public List<OfRule> rules() {
    return List.copyOf(rules.values());
  }

  /// How much was reached of what could be: for each rule, that it applied, and if it requires
  /// something, that all of that was met and that some of it was not.
  ///
  /// @return in per cent, rounded down; 100 if there are no rules
  public int percent() {
    int goals = rules.values().stream().mapToInt(OfRule::goals).sum();
    int reached = rules.values().stream().mapToInt(OfRule::reached).sum();
    return goals == 0 ? 100 : (int) (100L * reached / goals);
  }

  /// What cases have made of one rule.
  public static final class OfRule {

    private final String name;
    private final Kind kind;
    private final Set<String> neverUnmet = new LinkedHashSet<>();
    private final boolean requires;
    private boolean applied;
    private boolean satisfied;
    private boolean unmet;

    private OfRule(Rule rule) {
      this.name = rule.name();
      var requirements =
          switch (rule) {
            case Rule.Permit permit -> permit.requirements();
            case Rule.Guard guard -> guard.requirements();
            case Rule.Forbid ignored -> List.<Requirement>of();
          };
      this.kind =
          switch (rule) {
            case Rule.Permit ignored -> Kind.PERMIT;
            case Rule.Guard ignored -> Kind.GUARD;
            case Rule.Forbid ignored -> Kind.FORBID;
          };
      this.requires = !requirements.isEmpty();
      requirements.forEach(requirement -> neverUnmet.add(requirement.name()));
    }

    private void add(RuleView view) {
      if (!view.applies()) return;
      applied = true;
      boolean all = true;
      for (var requirement : view.requirements()) {
        if (requirement.condition().truth() == Truth.TRUE) continue;
        all = false;
        unmet = true;
        neverUnmet.remove(requirement.name());
      }
      satisfied |= all;
    }

    public String name() {
      return name;
    }

    public Kind kind() {
      return kind;
    }

    /// Whether some case made it apply.
    public boolean applied() {
      return applied;
    }

    /// Whether it requires anything.
    public boolean requires() {
      return requires;
    }

    /// Whether it applied in some case with all its requirements met.
    public boolean satisfied() {
      return satisfied;
    }

    /// Whether it applied in some case with a requirement unmet.
    public boolean unmet() {
      return unmet;
    }

    /// The requirements that no case left unmet while the rule applied.
    public List<String> neverUnmet() {
      return List.copyOf(neverUnmet);
    }

    private int goals() {
      return requires ? 3 : 1;
    }

    private int reached() {
      return (applied ? 1 : 0) + (requires && satisfied ? 1 : 0) + (requires && unmet ? 1 : 0);
    }
  }
}

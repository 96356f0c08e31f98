// SPDX-License-Identifier: Apache-2.0
package dev.vigil.workbench.proof;

import dev.vigil.kernel.TimeSource;
import dev.vigil.policy.rule.CompiledPolicySet;
import dev.vigil.workbench.proof.Inquiry.Finding;
import dev.vigil.workbench.proof.RulesInSmt.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds rules that do nothing: those that never apply, and those without which the same people
/// would be let in under the same restrictions.
public final class RuleReview {

  private final Solver solver;
  private final TimeSource time;
  private final CompiledPolicySet set;

  public RuleReview(Solver solver, TimeSource time, CompiledPolicySet set) {
    this.solver = solver;
    this.time = time;
    this.set = set;
  }

  /// What a rule is good for.
  public enum Worth {
    /// Without it some request would be decided otherwise.
    NEEDED,
    /// It applies, and no decision is other for it.
    SHADOWED,
    /// It never applies.
    UNREACHABLE,
    /// Nobody knows.
    UNKNOWN
  }

  /// What came of it: every rule that decides.
  ///
  /// @param unanswered what could not be found out
  public record Review(Map<String, Worth> rules, List<String> unanswered) {
    public Review {
      rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
      unanswered = List.copyOf(unanswered);
    }
  }

  /// Looks at each rule.
  public Review review() {
    try {
      var premises = Premises.of(List.of(set.rules()), List.of());
      var all = premises.judge(0);
      var switches = new LinkedHashMap<String, String>();
      premises.rules(0).keySet().forEach(rule -> switches.put(rule, premises.declareSwitch(rule)));
      var some = premises.judge(0, "switched ", rule -> switches.getOrDefault(rule, Smt.TRUE));
      if (all.isEmpty() || some.isEmpty())
        return new Review(Map.of(), premises.outside().stream().map(Outside::toString).toList());
      var inquiry = new Inquiry(solver, premises, time.now());
      return new Look(inquiry, switches, all.get().differsFrom(some.get())).at(premises.rules(0));
    } catch (Outside.Reached e) {
      return new Review(
          Map.of(),
          List.of(new Outside("all rules together", String.valueOf(e.getMessage())).toString()));
    }
  }

  /// One look at all rules.
  ///
  /// @param differs of requests that are decided otherwise with some rules switched off
  private record Look(Inquiry inquiry, Map<String, String> switches, String differs) {

    private Review at(Map<String, Said> rules) {
      var worth = new LinkedHashMap<String, Worth>();
      var unanswered = new ArrayList<String>();
      rules.forEach((name, said) -> worth.put(name, worth(name, said, unanswered)));
      return new Review(worth, unanswered);
    }

    private Worth worth(String rule, Said said, List<String> unanswered) {
      return switch (inquiry.any(said.applies())) {
        case Finding.None ignored -> Worth.UNREACHABLE;
        case Finding.Unanswered(String why) -> unknown(rule, why, unanswered);
        case Finding.Some ignored -> ifApplied(rule, unanswered);
      };
    }

    private Worth ifApplied(String rule, List<String> unanswered) {
      return switch (inquiry.any(without(rule))) {
        case Finding.None ignored -> Worth.SHADOWED;
        case Finding.Some ignored -> Worth.NEEDED;
        case Finding.Unanswered(String why) -> unknown(rule, why, unanswered);
      };
    }

    private static Worth unknown(String rule, String why, List<String> unanswered) {
      unanswered.add("`" + rule + "`: " + why);
      return Worth.UNKNOWN;
    }

    private String without(String rule) {
      var parts = new ArrayList<String>();
      switches.forEach((name, on) -> parts.add(name.equals(rule) ? Smt.not(on) : on));
      parts.add(differs);
      return Smt.and(parts);
    }
  }
}

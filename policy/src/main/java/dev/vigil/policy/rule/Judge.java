// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Obligations;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Truth;
import dev.vigil.policy.rule.RuleIndex.Applicable;
import dev.vigil.policy.rule.Verdict.Unmet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What rules mean. Allowed is: some permit applies with all its requirements met, and all
/// requirements of applying guards are met, and no forbid applies, and the restrictions of both
/// leave something to do.
final class Judge {

  private Judge() {}

  static Verdict judge(Applicable rules, Evaluation on) {
    var forbids = applyingForbids(rules, on);
    if (!forbids.isEmpty()) return new Verdict.Refused(forbids, List.of());
    var guards = guards(rules, on);
    if (guards.unmet.isEmpty()) {
      var granted = leastRestrictive(rules, guards, on);
      if (granted.isPresent()) return granted.get();
    }
    return withoutGrant(rules, guards, on);
  }

  private static List<String> applyingForbids(Applicable rules, Evaluation on) {
    List<String> applying = List.of();
    for (var forbid : rules.forbids()) {
      if (!forbid.applies(on)) continue;
      if (applying.isEmpty()) applying = new ArrayList<>();
      applying.add(forbid.name());
    }
    return applying;
  }

  /// What the applying guards come to: restrictions are empty if they leave nothing to do.
  private record Guards(
      List<String> applying, List<Unmet> unmet, Optional<Obligations> restrictions) {}

  private static Guards guards(Applicable rules, Evaluation on) {
    List<String> applying = new ArrayList<>(4);
    List<Unmet> unmet = List.of();
    var restrictions = Optional.of(Obligations.NONE);
    for (var guard : rules.guards()) {
      if (!guard.applies(on)) continue;
      applying.add(guard.name());
      unmet = unmet(guard.name(), guard.requirements(), unmet, on);
      if (guard.restrictions().restricts() && restrictions.isPresent())
        restrictions = Restrictions.both(restrictions.get(), guard.restrictions());
    }
    return new Guards(applying, unmet, restrictions);
  }

  private static List<Unmet> unmet(
      String rule, List<Requirement> requirements, List<Unmet> before, Evaluation on) {
    var unmet = before;
    for (int i = 0; i < requirements.size(); i++) {
      var requirement = requirements.get(i);
      if (requirement.condition().truth(on) == Truth.TRUE) continue;
      if (unmet.isEmpty()) unmet = new ArrayList<>();
      unmet.add(new Unmet(rule, requirement));
    }
    return unmet;
  }

  private static Optional<Verdict> leastRestrictive(
      Applicable rules, Guards guards, Evaluation on) {
    if (guards.restrictions.isEmpty()) return Optional.empty();
    var beside = guards.restrictions.get();
    Rule.@Nullable Permit best = null;
    @Nullable Obligations least = null;
    for (var permit : rules.permits()) {
      if (!satisfied(permit, on)) continue;
      var together = Restrictions.both(permit.restrictions(), beside);
      if (together.isEmpty()
          || (least != null && Restrictions.LEAST_FIRST.compare(together.get(), least) >= 0))
        continue;
      best = permit;
      least = together.get();
      if (least.equals(beside)) break;
    }
    if (best == null || least == null) return Optional.empty();
    return Optional.of(new Verdict.Granted(deciding(best.name(), guards.applying), least));
  }

  private static boolean satisfied(Rule.Permit permit, Evaluation on) {
    if (!permit.applies(on)) return false;
    for (int i = 0; i < permit.requirements().size(); i++) {
      if (permit.requirements().get(i).condition().truth(on) != Truth.TRUE) return false;
    }
    return true;
  }

  private static List<String> deciding(String permit, List<String> guards) {
    if (guards.isEmpty()) return List.of(permit);
    var names = new ArrayList<String>(guards.size() + 1);
    names.add(permit);
    names.addAll(guards);
    return names;
  }

  private static Verdict withoutGrant(Applicable rules, Guards guards, Evaluation on) {
    var best = Optional.<Steps.Plan>empty();
    var unmet = new ArrayList<Unmet>();
    for (var permit : rules.permits()) {
      if (!permit.applies(on)) continue;
      unmet.addAll(unmet(permit.name(), permit.requirements(), List.of(), on));
      var plan = new Steps(rules, permit, on).smallest();
      if (plan.isPresent() && (best.isEmpty() || plan.get().compareTo(best.get()) < 0)) best = plan;
    }
    if (best.isPresent()) return new Verdict.Missing(best.get().needed(), best.get().steps());
    boolean reached =
        !unmet.isEmpty() || rules.permits().stream().anyMatch(permit -> permit.applies(on));
    if (reached) unmet.addAll(guards.unmet);
    return new Verdict.Refused(List.of(), unmet);
  }

  /// What is missing before this permit grants access; empty if a forbid, the permit's own
  /// condition or the restrictions stand against it, whatever is done.
  static Optional<List<Unmet>> missing(Applicable rules, Rule.Permit permit, Evaluation on) {
    if (!applyingForbids(rules, on).isEmpty() || !permit.applies(on)) return Optional.empty();
    var guards = guards(rules, on);
    if (guards
        .restrictions
        .flatMap(beside -> Restrictions.both(permit.restrictions(), beside))
        .isEmpty()) return Optional.empty();
    return Optional.of(unmet(permit.name(), permit.requirements(), guards.unmet, on));
  }
}

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
    var applying = rules.guards().stream().filter(guard -> guard.applies(on)).toList();
    List<Unmet> unmet = List.of();
    for (var guard : applying) unmet = unmet(guard.name(), guard.requirements(), unmet, on);
    return new Guards(
        applying.stream().map(Rule.Guard::name).toList(), unmet, restrictions(applying));
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
    var satisfied = rules.permits().stream().filter(permit -> satisfied(permit, on)).toList();
    return leastRestrictive(satisfied, guards.restrictions.get())
        .map(grant -> grant.beside(guards.applying));
  }

  /// The permit that grants most, with what remains to be seen to.
  record Grant(Rule.Permit permit, Obligations obligations) {

    /// The verdict when guards of these names apply.
    Verdict beside(List<String> guards) {
      return new Verdict.Granted(deciding(permit.name(), guards), obligations);
    }
  }

  /// Of permits that are satisfied, least restrictive first, the one that restricts least beside
  /// the guards; empty if none leaves anything to do.
  static Optional<Grant> leastRestrictive(List<Rule.Permit> satisfied, Obligations beside) {
    var best = Optional.<Grant>empty();
    for (var permit : satisfied) {
      var together = Restrictions.both(permit.restrictions(), beside);
      if (together.isEmpty()) continue;
      if (best.isEmpty()
          || Restrictions.LEAST_FIRST.compare(together.get(), best.get().obligations) < 0)
        best = Optional.of(new Grant(permit, together.get()));
    }
    return best;
  }

  /// The restrictions of all of these; empty if they leave nothing to do.
  static Optional<Obligations> restrictions(List<Rule.Guard> applying) {
    var restrictions = Optional.of(Obligations.NONE);
    for (var guard : applying)
      restrictions = restrictions.flatMap(r -> Restrictions.both(r, guard.restrictions()));
    return restrictions;
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

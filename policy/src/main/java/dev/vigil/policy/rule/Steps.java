// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Repair;
import dev.vigil.policy.condition.Supposition;
import dev.vigil.policy.rule.RuleIndex.Applicable;
import dev.vigil.policy.rule.Verdict.Unmet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The smallest set of steps after which one permit would grant access. A set is only ever returned if deciding again
/// with it done succeeds, however the person goes about it.
final class Steps {

  private static final int MOST_TRIED_EVERY_WAY = 6;

  private final Applicable rules;
  private final Rule.Permit permit;
  private final Evaluation on;

  Steps(Applicable rules, Rule.Permit permit, Evaluation on) {
    this.rules = rules;
    this.permit = permit;
    this.on = on;
  }

  /// Steps, and the requirements that ask for them. Ordered by what they ask of the person: how many steps, how many
  /// of them change the device.
  record Plan(List<Unmet> needed, List<Step> steps) implements Comparable<Plan> {

    private long fixes() {
      return steps.stream().filter(Step.Fix.class::isInstance).count();
    }

    @Override
    public int compareTo(Plan other) {
      int bySteps = Integer.compare(steps.size(), other.steps.size());
      if (bySteps != 0) return bySteps;
      int byFixes = Long.compare(fixes(), other.fixes());
      return byFixes != 0 ? byFixes : Integer.compare(needed.size(), other.needed.size());
    }
  }

  Optional<Plan> smallest() {
    var first = Judge.missing(rules, permit, on);
    if (first.isEmpty()) return Optional.empty();
    var needed = new ArrayList<Unmet>(first.get());
    while (true) {
      var left = leftAfter(needed);
      if (left.isEmpty()) return Optional.empty();
      if (left.get().isEmpty()) return plan(needed).map(this::reduced);
      if (!addNew(needed, left.get())) return Optional.empty();
    }
  }

  /// What would still be missing once the remedies of these are done, in any way; empty if that cannot be done or does
  /// not help.
  private Optional<List<Unmet>> leftAfter(List<Unmet> needed) {
    if (needed.stream().anyMatch(u -> u.requirement().remedy() instanceof Remedy.Nothing)) return Optional.empty();
    var asked = Asked.of(needed, rules.strengths());
    if (asked.isEmpty()) return Optional.empty();
    var left = new ArrayList<Unmet>();
    for (var authenticated : asked.get().outcomes(on)) {
      var fixed = fixed(needed, authenticated);
      if (fixed.isEmpty()) return Optional.empty();
      var missing = Judge.missing(rules, permit, on.supposing(fixed.get()));
      if (missing.isEmpty()) return Optional.empty();
      addNew(left, missing.get());
    }
    return Optional.of(left);
  }

  private Optional<Supposition> fixed(List<Unmet> needed, Supposition start) {
    var now = start;
    for (var unmet : needed) {
      if (!(unmet.requirement().remedy() instanceof Remedy.DeviceFix)) continue;
      var repaired = Repair.of(unmet.requirement().condition(), on.supposing(now));
      if (repaired.isEmpty()) return Optional.empty();
      now = repaired.get();
    }
    return Optional.of(now);
  }

  private static boolean addNew(List<Unmet> to, List<Unmet> from) {
    Set<Requirement> there = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var unmet : to) there.add(unmet.requirement());
    boolean added = false;
    for (var unmet : from) {
      if (there.add(unmet.requirement())) added = to.add(unmet);
    }
    return added;
  }

  private Optional<Plan> plan(List<Unmet> needed) {
    return Asked.of(needed, rules.strengths())
        .map(
            asked -> {
              var steps = new ArrayList<Step>();
              asked.step().ifPresent(steps::add);
              for (var unmet : needed) {
                if (unmet.requirement().remedy() instanceof Remedy.DeviceFix(String code)
                    && steps.stream().noneMatch(step -> step instanceof Step.Fix fix && fix.fix().equals(code))) {
                  steps.add(new Step.Fix(code, unmet.requirement().text()));
                }
              }
              return new Plan(List.copyOf(needed), steps);
            });
  }

  private Plan reduced(Plan all) {
    int size = all.needed().size();
    if (size < 2) return all;
    return size <= MOST_TRIED_EVERY_WAY ? smallestPart(all) : withoutNeedless(all);
  }

  private Plan smallestPart(Plan all) {
    var best = all;
    for (int part = 1; part < (1 << all.needed().size()) - 1; part++) {
      var some = new ArrayList<Unmet>();
      for (int i = 0; i < all.needed().size(); i++) if ((part >> i & 1) == 1) some.add(all.needed().get(i));
      var plan = plan(some);
      if (plan.isPresent() && plan.get().compareTo(best) < 0 && suffices(some)) best = plan.get();
    }
    return best;
  }

  private Plan withoutNeedless(Plan all) {
    var best = all;
    for (var one : all.needed()) {
      var some = new ArrayList<>(best.needed());
      some.remove(one);
      var plan = plan(some);
      if (plan.isPresent() && plan.get().compareTo(best) < 0 && suffices(some)) best = plan.get();
    }
    return best;
  }

  private boolean suffices(List<Unmet> needed) {
    return leftAfter(needed).filter(List::isEmpty).isPresent();
  }
}

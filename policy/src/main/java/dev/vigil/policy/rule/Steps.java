// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Decision.Step;
import dev.vigil.policy.Sentence;
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

/// The smallest set of steps after which one permit would grant access. A set is only ever returned
/// if deciding again with it done succeeds, however the person goes about it.
final class Steps {

  /// Up to this many unmet requirements every choice among them is tried; that is 255 decisions.
  private static final int MOST_TRIED_EVERY_WAY = 8;

  private final Applicable rules;
  private final Rule.Permit permit;
  private final Evaluation on;

  Steps(Applicable rules, Rule.Permit permit, Evaluation on) {
    this.rules = rules;
    this.permit = permit;
    this.on = on;
  }

  /// Steps, and the requirements that ask for them. Ordered by what they ask of the person: how
  /// many steps, how many of them change the device.
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
    var best =
        first.get().size() > MOST_TRIED_EVERY_WAY
            ? Optional.<Plan>empty()
            : tryEveryChoice(first.get());
    if (best.isEmpty() && first.get().size() > MOST_TRIED_EVERY_WAY) best = reduced(first.get());
    return best.map(plan -> withReasons(plan, first.get()));
  }

  /// The plan with every other unmet requirement that it serves anyway: the person does the same,
  /// and is told all of why; a challenge names the age that is asked for.
  private Plan withReasons(Plan plan, List<Unmet> missing) {
    var best = plan;
    for (var unmet : missing) {
      var more = new ArrayList<>(best.needed());
      if (!addNew(more, List.of(unmet))) continue;
      var wider = plan(more);
      if (wider.isPresent() && ageless(wider.get()).equals(ageless(best)) && suffices(more))
        best = wider.get();
    }
    return best;
  }

  private static List<List<Object>> ageless(Plan plan) {
    return plan.steps().stream()
        .map(step ->
            switch (step) {
              case Step.Authenticate(
                      String strength,
                      long ignored,
                      boolean transaction,
                      Sentence text) ->
                  List.<Object>of(strength, transaction, text);
              case Step.Fix fix -> List.<Object>of(fix);
            })
        .toList();
  }

  /// Tries the choices among what is missing; what a choice brings up in turn can be chosen as
  /// well.
  private Optional<Plan> tryEveryChoice(List<Unmet> missing) {
    var pool = new ArrayList<Unmet>();
    addNew(pool, missing);
    var best = Optional.<Plan>empty();
    for (int choice = 1; choice < 1 << pool.size(); choice++) {
      var chosen = new ArrayList<Unmet>();
      for (int i = 0; i < pool.size(); i++) if ((choice >> i & 1) == 1) chosen.add(pool.get(i));
      var plan = plan(chosen);
      if (plan.isEmpty() || (best.isPresent() && plan.get().compareTo(best.get()) >= 0)) continue;
      var left = leftAfter(chosen);
      if (left.isEmpty()) continue;
      if (left.get().isEmpty()) best = plan;
      else
        addNew(
            pool,
            left.get().subList(0, Math.min(left.get().size(), MOST_TRIED_EVERY_WAY - pool.size())));
    }
    return best;
  }

  /// All that is missing, less what turns out to be needless one by one.
  private Optional<Plan> reduced(List<Unmet> missing) {
    var needed = new ArrayList<>(missing);
    while (true) {
      var left = leftAfter(needed);
      if (left.isEmpty()) return Optional.empty();
      if (left.get().isEmpty()) return plan(needed).map(this::withoutNeedless);
      if (!addNew(needed, left.get())) return Optional.empty();
    }
  }

  /// What would still be missing once the remedies of these are done, in any way; empty if that
  /// cannot be done or does not help.
  private Optional<List<Unmet>> leftAfter(List<Unmet> needed) {
    if (needed.stream().anyMatch(u -> u.requirement().remedy() instanceof Remedy.Nothing))
      return Optional.empty();
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
        .map(asked -> {
          var steps = new ArrayList<Step>();
          asked.step().ifPresent(steps::add);
          for (var unmet : needed) {
            if (unmet.requirement().remedy() instanceof Remedy.DeviceFix(String code, var open)
                && steps.stream()
                    .noneMatch(step -> step instanceof Step.Fix fix && fix.fix().equals(code))) {
              steps.add(new Step.Fix(code, unmet.requirement().text(), open));
            }
          }
          return new Plan(List.copyOf(needed), steps);
        });
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

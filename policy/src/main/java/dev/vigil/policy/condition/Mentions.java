// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.condition;

import dev.vigil.policy.Fact;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which facts a condition mentions, read or not.
public final class Mentions {

  private final Set<Fact> facts = new LinkedHashSet<>();

  private Mentions() {}

  /// The facts in the order of mention.
  public static Set<Fact> in(Condition condition) {
    var mentions = new Mentions();
    mentions.visit(condition);
    return mentions.facts;
  }

  private void visit(Condition condition) {
    switch (condition) {
      case Condition.Always ignored -> {}
      case Condition.And and -> and.all().forEach(this::visit);
      case Condition.Or or -> or.any().forEach(this::visit);
      case Condition.Not not -> visit(not.of());
      case Condition.Choose choose -> {
        visit(choose.when());
        visit(choose.then());
        visit(choose.otherwise());
      }
      case Condition.Same same -> {
        visit(same.left());
        visit(same.right());
      }
      case Condition.Flag flag -> facts.add(flag.fact());
      case Condition.Compare compare -> {
        visit(compare.left());
        visit(compare.right());
      }
      case Condition.Member member -> {
        visit(member.element());
        visit(member.list());
      }
      case Condition.Text text -> {
        visit(text.text());
        visit(text.part());
      }
      case Condition.Quantified quantified -> {
        visit(quantified.list());
        visit(quantified.body());
      }
      case Condition.Inside inside -> facts.add(inside.address());
      case Condition.Cohort cohort -> facts.add(cohort.subject());
      case Condition.During ignored -> {}
      case Condition.Clock ignored -> {}
      case Condition.Since since -> facts.add(since.fact());
      case Condition.Named named -> visit(named.body());
      case Condition.EvidencePredicate evidence -> facts.add(evidence.fact());
    }
  }

  private void visit(Term term) {
    switch (term) {
      case Term.Read read -> facts.add(read.fact());
      case Term.Literal ignored -> {}
      case Term.Variable ignored -> {}
      case Term.Size size -> visit(size.of());
    }
  }
}

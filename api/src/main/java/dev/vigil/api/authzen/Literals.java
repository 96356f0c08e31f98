// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.authzen;

import dev.vigil.kernel.AppId;
import dev.vigil.policy.PolicySet;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.rule.CompiledPolicySet;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// The texts with which the permits about an app compare a fact: the only actions and paths that a
/// search can know of, because Vigil keeps no list of either.
final class Literals {

  private final String fact;
  private final SortedSet<String> found = new TreeSet<>();

  private Literals(String fact) {
    this.fact = fact;
  }

  /// The texts, in their order.
  ///
  /// @param fact its qualified name, such as `request.method`
  static SortedSet<String> of(PolicySet policies, AppId app, String fact) {
    var literals = new Literals(fact);
    if (policies instanceof CompiledPolicySet compiled)
      compiled.rules().permits().stream()
          .filter(permit -> about(permit.apps().ids(), app))
          .forEach(permit -> literals.visit(permit.when().condition()));
    return literals.found;
  }

  private static boolean about(Collection<String> ids, AppId app) {
    return ids.isEmpty() || ids.contains(app.value());
  }

  private void visit(Condition condition) {
    switch (condition) {
      case Condition.And and -> and.all().forEach(this::visit);
      case Condition.Or or -> or.any().forEach(this::visit);
      case Condition.Not not -> visit(not.of());
      case Condition.Choose(var when, var then, var otherwise) -> {
        visit(when);
        visit(then);
        visit(otherwise);
      }
      case Condition.Same(var left, var right) -> {
        visit(left);
        visit(right);
      }
      case Condition.Compare(var left, var _, var right) -> compared(left, right);
      case Condition.Member(var element, var list) -> compared(element, list);
      case Condition.Quantified quantified -> visit(quantified.body());
      case Condition.Named named -> visit(named.body());
      case Condition.Always _,
          Condition.Flag _,
          Condition.Text _,
          Condition.Inside _,
          Condition.Cohort _,
          Condition.During _,
          Condition.Clock _,
          Condition.Since _,
          Condition.EvidencePredicate _ -> {}
    }
  }

  private void compared(Term one, Term other) {
    if (reads(one)) collect(other);
    if (reads(other)) collect(one);
  }

  private boolean reads(Term term) {
    return term instanceof Term.Read read && read.fact().qualifiedName().equals(fact);
  }

  private void collect(Term term) {
    if (!(term instanceof Term.Literal(Object constant))) return;
    if (constant instanceof String text) found.add(text);
    if (constant instanceof Collection<?> many)
      many.forEach(one -> {
        if (one instanceof String text) found.add(text);
      });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.AccessRequest;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Mentions;
import dev.vigil.policy.condition.Truth;
import java.util.List;

/// Whether a request could be let in once more is known of it. What is unknown now may turn out
/// either way, so that even [Condition.EvidencePredicate] on it is open.
final class Prospect {

  private final AccessRequest request;
  private final Evaluation on;

  private Prospect(AccessRequest request) {
    this.request = request;
    this.on = new Evaluation(request);
  }

  /// Whether these rules could let it in.
  static boolean of(Rules rules, AccessRequest request) {
    var prospect = new Prospect(request);
    return rules.forbids().stream().noneMatch(prospect::applies)
        && rules.guards().stream()
            .filter(prospect::applies)
            .allMatch(guard -> prospect.open(guard.requirements()))
        && rules.permits().stream().anyMatch(prospect::couldGrant);
  }

  private boolean applies(Rule rule) {
    return truth(rule) == Truth.TRUE;
  }

  private boolean couldGrant(Rule.Permit permit) {
    return truth(permit) != Truth.FALSE && open(permit.requirements());
  }

  private boolean open(List<Requirement> requirements) {
    return requirements.stream()
        .noneMatch(requirement -> truth(requirement.condition()) == Truth.FALSE);
  }

  private Truth truth(Rule rule) {
    var apps = truth(new Condition.And(rule.apps().conditions()));
    return apps == Truth.FALSE ? apps : apps.and(truth(rule.when().condition()));
  }

  private Truth truth(Condition condition) {
    return switch (condition) {
      case Condition.And(var all) ->
          all.stream().map(this::truth).reduce(Truth.TRUE, (one, two) -> one.and(two));
      case Condition.Or(var any) ->
          any.stream()
              .map(part -> truth(part).not())
              .reduce(Truth.TRUE, (one, two) -> one.and(two))
              .not();
      case Condition.Not(var of) -> truth(of).not();
      case Condition.Named(var _, var body) -> truth(body);
      case Condition.Choose(var when, var then, var otherwise) -> choice(when, then, otherwise);
      case Condition.Same(var left, var right) -> same(truth(left), truth(right));
      case Condition leaf -> settled(leaf) ? leaf.truth(on) : Truth.UNKNOWN;
    };
  }

  private Truth choice(Condition when, Condition then, Condition otherwise) {
    return switch (truth(when)) {
      case TRUE -> truth(then);
      case FALSE -> truth(otherwise);
      case UNKNOWN -> {
        var one = truth(then);
        yield one == truth(otherwise) ? one : Truth.UNKNOWN;
      }
    };
  }

  private static Truth same(Truth left, Truth right) {
    return left == Truth.UNKNOWN || right == Truth.UNKNOWN
        ? Truth.UNKNOWN
        : Truth.of(left == right);
  }

  private boolean settled(Condition leaf) {
    return Mentions.in(leaf).stream()
        .allMatch(fact -> request.about(fact.entity()).value(fact) != null);
  }
}

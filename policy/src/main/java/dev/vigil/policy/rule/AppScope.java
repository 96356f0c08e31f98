// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.rule;

import dev.vigil.policy.Fact;
import dev.vigil.policy.FactsSchema;
import dev.vigil.policy.condition.Condition;
import dev.vigil.policy.condition.Evaluation;
import dev.vigil.policy.condition.Term;
import dev.vigil.policy.condition.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Which apps a rule is about. An empty set does not restrict; all that do must fit.
///
/// @param ids the app is one of these
/// @param tags the app has at least one of these
/// @param sensitivities the app is as sensitive as one of these
public record AppScope(Set<String> ids, Set<String> tags, Set<String> sensitivities) {

  /// Every app.
  public static final AppScope ANY = new AppScope(Set.of(), Set.of(), Set.of());

  static final Fact ID = FactsSchema.standard().find("app.id").orElseThrow();
  private static final Fact TAGS = FactsSchema.standard().find("app.tags").orElseThrow();
  private static final Fact SENSITIVITY =
      FactsSchema.standard().find("app.sensitivity").orElseThrow();

  public AppScope {
    ids = Set.copyOf(ids);
    tags = Set.copyOf(tags);
    sensitivities = Set.copyOf(sensitivities);
  }

  /// Whether the app that the request is about is one of these.
  public Truth truth(Evaluation on) {
    return new Condition.And(conditions()).truth(on);
  }

  /// The scope as conditions, all of which must hold.
  public List<Condition> conditions() {
    var parts = new ArrayList<Condition>();
    if (!ids.isEmpty()) parts.add(new Condition.Member(new Term.Read(ID), new Term.Literal(ids)));
    parts.addAll(conditionsBesideId());
    return parts;
  }

  /// The same without the id, for a place where that has been looked at already.
  List<Condition> conditionsBesideId() {
    var parts = new ArrayList<Condition>();
    if (!tags.isEmpty()) {
      parts.add(
          new Condition.Or(
              tags.stream()
                  .sorted()
                  .<Condition>map(
                      tag -> new Condition.Member(new Term.Literal(tag), new Term.Read(TAGS)))
                  .toList()));
    }
    if (!sensitivities.isEmpty())
      parts.add(new Condition.Member(new Term.Read(SENSITIVITY), new Term.Literal(sensitivities)));
    return parts;
  }

  /// Whether there could be an app that both are about.
  public boolean mayOverlap(AppScope other) {
    return meet(ids, other.ids) && meet(sensitivities, other.sensitivities);
  }

  private static boolean meet(Set<String> one, Set<String> two) {
    return one.isEmpty() || two.isEmpty() || !Collections.disjoint(one, two);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.vigil.policy.language;

import dev.vigil.policy.condition.Condition;
import java.util.IdentityHashMap;
import java.util.List;

/// How many parts a condition has with everything that the levels it names bring in, counted
/// without ever spelling a level out.
final class Weight {

  /// The most that a condition may have.
  static final int MOST = 20_000;

  /// As how many elements the lists of `exists` and `all` count.
  private static final int ELEMENTS = 32;

  private final IdentityHashMap<Condition, Integer> levels = new IdentityHashMap<>();

  /// The number of parts, or [#MOST] and one more.
  int of(Condition condition) {
    return switch (condition) {
      case Condition.And(List<Condition> all) -> sum(all);
      case Condition.Or(List<Condition> any) -> sum(any);
      case Condition.Not(Condition of) -> of(of) + 1;
      case Condition.Choose choose ->
          sum(List.of(choose.when(), choose.then(), choose.otherwise()));
      case Condition.Same same -> sum(List.of(same.left(), same.right()));
      case Condition.Quantified quantified ->
          Math.min(MOST + 1, ELEMENTS * of(quantified.body()) + 1);
      case Condition.Named(_, Condition body) -> level(body);
      case Condition.Always _,
          Condition.Flag _,
          Condition.Compare _,
          Condition.Member _,
          Condition.Text _,
          Condition.Inside _,
          Condition.Cohort _,
          Condition.During _,
          Condition.Clock _,
          Condition.Since _,
          Condition.EvidencePredicate _ ->
          1;
    };
  }

  private int level(Condition body) {
    var known = levels.get(body);
    if (known != null) return known;
    int weight = of(body);
    levels.put(body, weight);
    return weight;
  }

  private int sum(List<Condition> parts) {
    int sum = 1;
    for (var part : parts) sum = Math.min(MOST + 1, sum + of(part));
    return sum;
  }
}
